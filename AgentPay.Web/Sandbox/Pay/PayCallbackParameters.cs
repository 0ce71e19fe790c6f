namespace AgentPay.Web.Sandbox.Pay;

// The parameters of the status callbacks of one session, in Twilio's order. Times are in UTC.
public sealed class PayCallbackParameters(string callSid, string paymentSid, CreatePaymentRequest terms)
{
    private readonly KeyValuePair<string, string>[] _common =
    [
        new("AccountSid", SandboxAccount.Sid),
        new("CallSid", callSid),
        new("Sid", paymentSid),
        new("PaymentMethod", terms.Method),
        .. terms.BankAccountType is { } type ? [new("BankAccountType", type)] : Array.Empty<KeyValuePair<string, string>>(),
    ];

    // The session has started.
    public KeyValuePair<string, string>[] Start(DateTimeOffset created) =>
    [
        .. _common,
        new("PaymentConnector", terms.Connector.Name),
        terms.IsCharge ? new("ChargeAmount", terms.Currency.Format(terms.Amount)) : new("TokenType", terms.TokenType),
        new("DateCreated", TwilioTime.Milliseconds(created)),
    ];

    // A capture was accepted, or a field is complete.
    public KeyValuePair<string, string>[] Capture(CaptureStep step, CapturedFields fields, DateTimeOffset updated) =>
        Capture(step, [], fields.Parameters(), fields, updated);

    // A key was pressed. The keys of a second entry are reported in the parameter of the field itself.
    public KeyValuePair<string, string>[] Partial(CaptureStep step, FieldEntry typing, CapturedFields fields, DateTimeOffset updated) =>
        Capture(step, [new("PartialResult", "true")], fields.Parameters(step, typing), fields, updated);

    // A capture failed. The field is still required.
    public KeyValuePair<string, string>[] Invalid(CaptureStep step, string errorType, CapturedFields fields, DateTimeOffset updated) =>
        Capture(step, [new("ErrorType", errorType)], fields.Parameters(), fields, updated);

    // The session has ended. Clients recognise this callback because Capture, Required and PartialResult are absent.
    public KeyValuePair<string, string>[] Final(PayResult result, CapturedFields fields, DateTimeOffset updated) =>
        [.. _common, new("Result", result.Name), .. fields.Parameters(), .. result.Parameters, Updated(updated)];

    private KeyValuePair<string, string>[] Capture(
        CaptureStep step,
        KeyValuePair<string, string>[] state,
        IEnumerable<KeyValuePair<string, string>> values,
        CapturedFields fields,
        DateTimeOffset updated) =>
    [
        .. _common,
        new("Capture", step.Name),
        .. state,
        .. values,
        new("Required", string.Join(',', fields.Required)),
        Updated(updated),
    ];

    private static KeyValuePair<string, string> Updated(DateTimeOffset at) => new("DateUpdated", TwilioTime.Milliseconds(at));
}
