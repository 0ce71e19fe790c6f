namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// A request to start a Pay session: what is to be collected, and what is then to be done with it.
/// </summary>
/// <remarks>
/// The order of all checks of both requests, the first that fails being the answer:
/// account, call and payment exist (20404); the request is a repetition (the first answer again); IdempotencyKey and StatusCallback are there (20001);
/// the URL (21205). Then, to start: single values (64020), the connector (64004), what it supports (64013, 64011), the amount (64003), what goes together
/// (64020, 64017, 64007, 64005, 64006, 64014, 64015), the call is in progress (21220), and no other session lives on it (64021).
/// To update: exactly one of Capture and Status (64018), its value (64020), the session has not ended (64021), the call is in progress (21220),
/// the field belongs to the session (64020), it is not being submitted (64021), and nothing is missing (64019).
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
    public string? BankAccountType { get; init; }

    /// <summary>Major units; 0 means that the card is tokenized.</summary>
    public decimal Amount { get; init; }

    public required Currency Currency { get; init; }

    public required string TokenType { get; init; }

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

    public static CreatePayment Read(PayForm form, Connectors connectors)
    {
        form.Required("IdempotencyKey");
        var callback = form.RequiredUrl("StatusCallback");
        form.OneOf("Input", "dtmf");
        var method = form.OneOf("PaymentMethod", CreditCard, AchDebit) ?? CreditCard;
        var bankAccountType = form.OneOf("BankAccountType", "consumer-checking", "consumer-savings", "commercial-checking");
        var tokenType = form.OneOf("TokenType", "one-time", "reusable", "payment-method");
        var confirmation = form.Flag("Confirmation", otherwise: false);
        var timeout = form.Number("Timeout", 1, 600) ?? 5;
        var minPostalCode = form.Number("MinPostalCodeLength", 1, PostalCodeEntry.MostDigits) ?? 1;
        var validCardTypes = ReadCardTypes(form["ValidCardTypes"]);
        var parameters = ConnectorParameters.Read(form["Parameter"]);
        var steps = ReadSteps(form, method);
        var connector = connectors.Find(form["PaymentConnector"] ?? "Default") ?? throw Refusals.UnknownConnector();
        if (!connector.SupportsMethod(method)) throw Refusals.MethodUnsupported(connector.Name, method);
        var currency = Currency.Find(form["Currency"] ?? "USD");
        if (currency is null || !connector.Supports(currency)) throw Refusals.CurrencyUnsupported(connector.Name);
        var amount = ChargeAmount.Read(form["ChargeAmount"], currency);
        if (amount > 0 && tokenType is not null) throw Refusals.InvalidValue("TokenType", "it does not go with a ChargeAmount");
        if (method == CreditCard && bankAccountType is not null) throw Refusals.BankAccountTypeForCard();
        var payment = new CreatePayment
        {
            StatusCallback = callback,
            Connector = connector,
            Method = method,
            BankAccountType = method == AchDebit ? bankAccountType ?? "consumer-checking" : null,
            Amount = amount,
            Currency = currency,
            TokenType = tokenType ?? "reusable",
            Description = form["Description"],
            Parameters = parameters,
            ValidCardTypes = validCardTypes,
            MinPostalCodeLength = minPostalCode,
            Timeout = TimeSpan.FromSeconds(timeout),
            Confirmation = confirmation,
            Steps = steps,
        };
        payment.CheckConnector();
        return payment;
    }

    private void CheckConnector()
    {
        if (IsCharge && !Connector.CanCharge) throw Refusals.CannotCharge(Connector.Name);
        if (!IsCharge && !Connector.CanTokenize) throw Refusals.CannotTokenize(Connector.Name);
        if (!IsCharge && !Connector.Makes(TokenType)) throw Refusals.TokenTypeUnsupported(Connector.Name, TokenType);
        if (Method == AchDebit && !Has("AVSName")) throw Refusals.AvsNameMissing();
        if (Array.Find(Connector.RequiredParameters, name => !Has(name)) is { } missing) throw Refusals.ParameterMissing(Connector.Name, missing);
    }

    private bool Has(string parameter) => Parameters.TryGetValue(parameter, out var value) && value is not (null or "");

    private static HashSet<CardBrand> ReadCardTypes(string? text)
    {
        if (text is null) return [CardBrand.Visa, CardBrand.Mastercard, CardBrand.Amex];
        return text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => CardBrand.Named.FirstOrDefault(brand => brand.Name == name) ?? throw Refusals.InvalidValue("ValidCardTypes", "it names a card type that Twilio does not know"))
            .ToHashSet();
    }

    private static List<CaptureStep> ReadSteps(PayForm form, string method)
    {
        var postalCode = form.Flag("PostalCode", otherwise: true);
        var securityCode = form.Flag("SecurityCode", otherwise: true);
        List<PayField> fields = method == AchDebit
            ? [PayField.BankRoutingNumber, PayField.BankAccountNumber]
            : [PayField.CardNumber, PayField.ExpirationDate];
        if (method == CreditCard && securityCode) fields.Add(PayField.SecurityCode);
        if (method == CreditCard && postalCode) fields.Add(PayField.PostalCode);
        var twice = ReadMatching(form["RequireMatchingInputs"], fields);
        return fields.SelectMany<PayField, CaptureStep>(field => twice.Contains(field) ? [new(field), new(field, IsMatcher: true)] : [new(field)]).ToList();
    }

    private static HashSet<PayField> ReadMatching(string? text, List<PayField> fields) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => CaptureStep.Parse(name + "-matcher") is { IsMatcher: true } step && fields.Contains(step.Field)
                ? step.Field
                : throw Refusals.InvalidValue("RequireMatchingInputs", "it names a field that the caller is not asked for"))
            .ToHashSet();
}
