namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// A request to start a Pay session: what is to be collected, and what is then to be done with it.
/// </summary>
/// <remarks>
/// The order of all checks of both requests, the first that fails being the answer:
/// account, call and payment exist (20404); the request is a repetition (the first answer again); IdempotencyKey and StatusCallback are there (20001);
/// the URL (21205). Then, to start: single values (64020), the connector (64004), the currency (64011), the amount (64003), what does not go together
/// (64020, 64017), what the connector supports (64013, 64011, 64007, 64005, 64006) and asks for (64014, 64015), the call is in progress (21220), and no
/// other session lives on it (64021).
/// To update: exactly one of Capture and Status (64018), its value (64020), the session has not ended (64021), a status does not come while the payment is
/// submitted (64021), the call is in progress (21220), the field belongs to the session (64020), and nothing is missing (64019).
/// </remarks>
public sealed class CreatePayment
{
    public const string CreditCard = "credit-card";
    public const string AchDebit = "ach-debit";

    public required string StatusCallback { get; init; }

    public required Connector Connector { get; init; }

    /// <summary><c>credit-card</c> or <c>ach-debit</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Null for a card.</summary>
    public string? BankAccountType => Method == AchDebit ? GivenBankAccountType ?? "consumer-checking" : null;

    /// <summary>Major units; 0 means that the card is tokenized.</summary>
    public decimal Amount { get; private set; }

    public required Currency Currency { get; init; }

    public string TokenType => GivenTokenType ?? "reusable";

    public string? Description { get; init; }

    public required IReadOnlyDictionary<string, object?> Parameters { get; init; }

    public required IReadOnlySet<CardBrand> ValidCardTypes { get; init; }

    public int MinPostalCodeLength { get; init; }

    /// <summary>The longest pause between two keys.</summary>
    public TimeSpan Timeout { get; init; }

    public bool Confirmation { get; init; }

    /// <summary>Everything that the caller has to enter, in Twilio's order.</summary>
    public required IReadOnlyList<CaptureStep> Steps { get; init; }

    public bool IsCharge => Amount > 0;

    private string? GivenBankAccountType { get; init; }

    private string? GivenTokenType { get; init; }

    public static CreatePayment Read(PayForm form, Connectors connectors)
    {
        form.Required("IdempotencyKey");
        var callback = form.RequiredUrl("StatusCallback");
        form.OneOf("Input", "dtmf");
        var method = form.OneOf("PaymentMethod", CreditCard, AchDebit) ?? CreditCard;
        // The initialisers run from top to bottom: their order is that of the checks.
        var payment = new CreatePayment
        {
            StatusCallback = callback,
            Method = method,
            GivenBankAccountType = form.OneOf("BankAccountType", "consumer-checking", "consumer-savings", "commercial-checking"),
            GivenTokenType = form.OneOf("TokenType", "one-time", "reusable", "payment-method"),
            Description = form["Description"],
            Confirmation = form.Flag("Confirmation", otherwise: false),
            Timeout = TimeSpan.FromSeconds(form.Number("Timeout", 1, 600) ?? 5),
            MinPostalCodeLength = form.Number("MinPostalCodeLength", 1, PostalCodeEntry.MostDigits) ?? 1,
            ValidCardTypes = CardTypeList.Read(form["ValidCardTypes"]),
            Parameters = ConnectorParameters.Read(form["Parameter"]),
            Steps = StepList.Read(form, isCard: method == CreditCard),
            Connector = connectors.Find(form["PaymentConnector"] ?? "Default") ?? throw Refusals.UnknownConnector(),
            Currency = Currency.Find(form["Currency"] ?? "USD") ?? throw Refusals.CurrencyUnsupported(),
        };
        payment.Amount = ChargeAmount.Read(form["ChargeAmount"], payment.Currency);
        payment.Check();
        return payment;
    }

    private void Check()
    {
        if (IsCharge && GivenTokenType is not null) throw Refusals.InvalidValue("TokenType", "it does not go with a ChargeAmount");
        if (Method == CreditCard && GivenBankAccountType is not null) throw Refusals.BankAccountTypeForCard();
        if (!Connector.SupportsMethod(Method)) throw Refusals.MethodUnsupported(Connector.Name, Method);
        if (!Connector.Supports(Currency)) throw Refusals.CurrencyUnsupported();
        if (IsCharge && !Connector.CanCharge) throw Refusals.CannotCharge(Connector.Name);
        if (!IsCharge && !Connector.CanTokenize) throw Refusals.CannotTokenize(Connector.Name);
        if (!IsCharge && !Connector.Makes(TokenType)) throw Refusals.TokenTypeUnsupported(Connector.Name, TokenType);
        if (Method == AchDebit && !Has("AVSName")) throw Refusals.AvsNameMissing();
        if (Connector.RequiredParameters.FirstOrDefault(name => !Has(name)) is { } missing) throw Refusals.ParameterMissing(Connector.Name, missing);
    }

    private bool Has(string parameter) => Parameters.TryGetValue(parameter, out var value) && value is not (null or "");
}
