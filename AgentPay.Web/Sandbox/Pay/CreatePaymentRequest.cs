namespace AgentPay.Web.Sandbox.Pay;

// A request to start a Pay session: the fields to collect, and what to do with them.
//
// Order of the checks of both requests. The first check that fails determines the response.
// 1. Account, call and payment exist (20404).
// 2. A repeated request gets the first response again.
// 3. IdempotencyKey and StatusCallback are present (20001), and the URL is valid (21205).
// To start a payment:
// 4. Single values (64020), connector (64004), currency (64011), amount (64003).
// 5. Values that exclude each other (64020, 64017).
// 6. What the connector supports (64013, 64011, 64007, 64005, 64006) and requires (64014, 64015).
// 7. The call is in progress (21220) and has no other session (64021).
// To update a payment:
// 4. Exactly one of Capture and Status is present (64018), with a valid value (64020).
// 5. The session has not ended (64021), and no Status arrives while the payment is submitted (64021).
// 6. The call is in progress (21220).
// 7. The field belongs to the session (64020), and no field is missing (64019).
public sealed class CreatePaymentRequest
{
    public const string CreditCard = "credit-card";
    public const string AchDebit = "ach-debit";

    public required string StatusCallback { get; init; }

    public required Connector Connector { get; init; }

    // credit-card or ach-debit.
    public required string Method { get; init; }

    // Null for a card.
    public string? BankAccountType => Method == AchDebit ? GivenBankAccountType ?? "consumer-checking" : null;

    // In major units. 0 means that the card is tokenized.
    public decimal Amount { get; private set; }

    public required Iso4217Currency Currency { get; init; }

    public string TokenType => GivenTokenType ?? "reusable";

    public string? Description { get; init; }

    public required IReadOnlyDictionary<string, object?> Parameters { get; init; }

    public required IReadOnlySet<TwilioCardType> ValidCardTypes { get; init; }

    public int MinPostalCodeLength { get; init; }

    // The longest allowed pause between two keys.
    public TimeSpan Timeout { get; init; }

    public bool Confirmation { get; init; }

    // All entries that the caller must make, in Twilio's order.
    public required IReadOnlyList<CaptureStep> Steps { get; init; }

    public bool IsCharge => Amount > 0;

    private string? GivenBankAccountType { get; init; }

    private string? GivenTokenType { get; init; }

    public static CreatePaymentRequest Read(PayForm form, Connectors connectors)
    {
        form.Required("IdempotencyKey");
        var callback = form.RequiredUrl("StatusCallback");
        form.OneOf("Input", "dtmf");
        var method = form.OneOf("PaymentMethod", CreditCard, AchDebit) ?? CreditCard;
        // The initialisers run from top to bottom, in the order of the checks.
        var payment = new CreatePaymentRequest
        {
            StatusCallback = callback,
            Method = method,
            GivenBankAccountType = form.OneOf("BankAccountType", "consumer-checking", "consumer-savings", "commercial-checking"),
            GivenTokenType = form.OneOf("TokenType", "one-time", "reusable", "payment-method"),
            Description = form["Description"],
            Confirmation = form.Flag("Confirmation", defaultValue: false),
            Timeout = TimeSpan.FromSeconds(form.Number("Timeout", 1, 600) ?? 5),
            MinPostalCodeLength = form.Number("MinPostalCodeLength", 1, PostalCodeEntry.MaxDigits) ?? 1,
            ValidCardTypes = CardTypeList.Read(form["ValidCardTypes"]),
            Parameters = ConnectorParameters.Read(form["Parameter"]),
            Steps = StepList.Read(form, isCard: method == CreditCard),
            Connector = connectors.Find(form["PaymentConnector"] ?? "Default") ?? throw PayErrors.UnknownConnector(),
            Currency = Iso4217Currency.Find(form["Currency"] ?? "USD") ?? throw PayErrors.CurrencyUnsupported(),
        };
        payment.Amount = ChargeAmountParser.Read(form["ChargeAmount"], payment.Currency);
        payment.Check();
        return payment;
    }

    private void Check()
    {
        if (IsCharge && GivenTokenType is not null) throw PayErrors.InvalidValue("TokenType", "it cannot be combined with ChargeAmount");
        if (Method == CreditCard && GivenBankAccountType is not null) throw PayErrors.BankAccountTypeForCard();
        if (!Connector.SupportsMethod(Method)) throw PayErrors.MethodUnsupported(Connector.Name, Method);
        if (!Connector.SupportsCurrency(Currency)) throw PayErrors.CurrencyUnsupported();
        if (IsCharge && !Connector.CanCharge) throw PayErrors.CannotCharge(Connector.Name);
        if (!IsCharge && !Connector.CanTokenize) throw PayErrors.CannotTokenize(Connector.Name);
        if (!IsCharge && !Connector.SupportsTokenType(TokenType)) throw PayErrors.TokenTypeUnsupported(Connector.Name, TokenType);
        if (Method == AchDebit && !Has("AVSName")) throw PayErrors.AvsNameMissing();
        if (Connector.RequiredParameters.FirstOrDefault(name => !Has(name)) is { } missing)
            throw PayErrors.ParameterMissing(Connector.Name, missing);
    }

    private bool Has(string parameter) => Parameters.TryGetValue(parameter, out var value) && value is not (null or "");
}
