namespace AgentPay.Web.Sandbox.Pay;

/// <summary>The parameter sets of one session's status callbacks, in Twilio's order. Times are UTC.</summary>
public sealed class PayCallback(string callSid, string paymentSid, CreatePayment terms)
{
    private readonly KeyValuePair<string, string>[] _common =
    [
        new("AccountSid", SandboxAccount.Sid),
        new("CallSid", callSid),
        new("Sid", paymentSid),
        new("PaymentMethod", terms.Method),
        .. terms.BankAccountType is { } type ? [new("BankAccountType", type)] : Array.Empty<KeyValuePair<string, string>>(),
    ];

    /// <summary>The session has started.</summary>
    public KeyValuePair<string, string>[] Start(DateTimeOffset created) =>
    [
        .. _common,
        new("PaymentConnector", terms.Connector.Name),
        terms.IsCharge ? new("ChargeAmount", terms.Currency.Format(terms.Amount)) : new("TokenType", terms.TokenType),
        new("DateCreated", TwilioTime.Milliseconds(created)),
    ];

    /// <summary>A capture was accepted, or a field is done: all that is known, and what is still required.</summary>
    public KeyValuePair<string, string>[] Capture(CaptureStep step, CapturedFields fields, DateTimeOffset updated) =>
        Capture(step, [], fields.Parameters(), fields, updated);

    /// <summary>One more key of a field. The keys of a second entry stand in the field's own parameter.</summary>
    public KeyValuePair<string, string>[] Partial(CaptureStep step, FieldEntry typing, CapturedFields fields, DateTimeOffset updated) =>
        Capture(step, [new("PartialResult", "true")], fields.Parameters(step, typing), fields, updated);

    /// <summary>A capture has failed; the field stays required.</summary>
    public KeyValuePair<string, string>[] Invalid(CaptureStep step, string errorType, CapturedFields fields, DateTimeOffset updated) =>
        Capture(step, [new("ErrorType", errorType)], fields.Parameters(), fields, updated);

    /// <summary>The session has ended. Neither Capture nor Required nor PartialResult: their absence is how clients know.</summary>
    public KeyValuePair<string, string>[] Final(PayResult result, CapturedFields fields, DateTimeOffset updated) =>
        [.. _common, new("Result", result.Name), .. fields.Parameters(), .. result.Parameters, Updated(updated)];

    private KeyValuePair<string, string>[] Capture(
        CaptureStep step, KeyValuePair<string, string>[] state, IEnumerable<KeyValuePair<string, string>> values, CapturedFields fields, DateTimeOffset updated) =>
        [.. _common, new("Capture", step.Name), .. state, .. values, new("Required", string.Join(',', fields.Required)), Updated(updated)];

    private static KeyValuePair<string, string> Updated(DateTimeOffset at) => new("DateUpdated", TwilioTime.Milliseconds(at));
}
