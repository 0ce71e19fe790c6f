namespace AgentPay.Web.Sandbox.Pay;

/// <summary>A request to go on with a Pay session: capture a field, complete it, or cancel it. The order of the checks stands at <see cref="CreatePayment"/>.</summary>
/// <param name="Key">The idempotency key.</param>
/// <param name="StatusCallback">Where the effects of this update are reported.</param>
/// <param name="Capture">The field to capture; null for a status.</param>
/// <param name="IsComplete">Whether the status is <c>complete</c>; otherwise, without a capture, it is <c>cancel</c>.</param>
public sealed record UpdatePayment(string Key, string StatusCallback, CaptureStep? Capture, bool IsComplete)
{
    public static UpdatePayment Read(PayForm form)
    {
        var key = form.Required("IdempotencyKey");
        var callback = form.RequiredUrl("StatusCallback");
        var capture = form["Capture"];
        if (capture is null == form["Status"] is null) throw Refusals.CaptureOrStatus();
        if (capture is null) return new(key, callback, null, form.OneOf("Status", "complete", "cancel") == "complete");
        return new(key, callback, CaptureStep.Parse(capture) ?? throw Refusals.InvalidValue("Capture", "it names no field"), IsComplete: false);
    }
}
