namespace AgentPay.Web.Sandbox.Pay;

// A request to capture a field, or to complete or cancel the session. CreatePaymentRequest lists the order of the checks.
// Key: the idempotency key. StatusCallback: where the effects of this update are reported. Capture: null for a status.
// IsComplete: the status is complete, otherwise cancel.
public sealed record UpdatePaymentRequest(string Key, string StatusCallback, CaptureStep? Capture, bool IsComplete)
{
    public static UpdatePaymentRequest Read(PayForm form)
    {
        var key = form.Required("IdempotencyKey");
        var callback = form.RequiredUrl("StatusCallback");
        var capture = form["Capture"];
        if (capture is null == form["Status"] is null) throw PayErrors.CaptureOrStatus();
        if (capture is null) return new(key, callback, null, form.OneOf("Status", "complete", "cancel") == "complete");
        var step = CaptureStep.Parse(capture) ?? throw PayErrors.InvalidValue("Capture", "it is not the name of a field");
        return new(key, callback, step, IsComplete: false);
    }
}
