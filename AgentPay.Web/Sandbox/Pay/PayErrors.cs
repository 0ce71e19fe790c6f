namespace AgentPay.Web.Sandbox.Pay;

// Errors of the Payments API. Twilio documents the codes (twilio.com/docs/api/errors) but not the HTTP statuses. 400 is the usual one.
public static class PayErrors
{
    public static ApiError InvalidUrl(string why) => new(400, 21205, $"StatusCallback is not a valid URL: {why}");

    public static ApiError CallNotInProgress() => new(400, 21220, "The call is not in progress");

    public static ApiError InvalidAmount(string why) => new(400, 64003, $"Invalid ChargeAmount: {why}");

    public static ApiError UnknownConnector() => new(400, 64004, "No Pay Connector is installed under this name");

    public static ApiError CannotTokenize(string connector) => new(400, 64005, $"The Pay Connector {connector} cannot tokenize");

    public static ApiError TokenTypeUnsupported(string connector, string type) =>
        new(400, 64006, $"The Pay Connector {connector} does not create tokens of type {type}");

    public static ApiError CannotCharge(string connector) => new(400, 64007, $"The Pay Connector {connector} cannot charge");

    public static ApiError CurrencyUnsupported() => new(400, 64011, "The Pay Connector does not support this currency");

    public static ApiError MethodUnsupported(string connector, string method) =>
        new(400, 64013, $"The Pay Connector {connector} does not support the payment method {method}");

    public static ApiError AvsNameMissing() => new(400, 64014, "Parameter must contain AVSName for the payment method ach-debit");

    public static ApiError ParameterMissing(string connector, string name) =>
        new(400, 64015, $"Parameter must contain {name} for the Pay Connector {connector}");

    public static ApiError BankAccountTypeForCard() =>
        new(400, 64017, "BankAccountType cannot be combined with the payment method credit-card");

    public static ApiError CaptureOrStatus() => new(400, 64018, "Exactly one of Capture and Status must be given");

    public static ApiError FieldsMissing(IEnumerable<CaptureStep> required) =>
        new(400, 64019, $"The payment cannot be completed without {string.Join(", ", required)}");

    public static ApiError InvalidValue(string parameter, string why) => new(400, 64020, $"Invalid value for {parameter}: {why}");

    public static ApiError SessionInProgress() => new(400, 64021, "Invalid operation: a Pay session is in progress on this call");

    public static ApiError Submitting() => new(400, 64021, "Invalid operation: the payment is being processed");

    public static ApiError SessionEnded() => new(400, 64021, "Invalid operation: the Pay session has ended");
}
