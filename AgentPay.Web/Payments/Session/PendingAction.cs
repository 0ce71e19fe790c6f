using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>A request to Twilio about a payment.</summary>
public enum PaymentAction
{
    Start,
    Capture,
    Complete,
    Cancel,
}

/// <summary>
/// A stored request to Twilio that is not answered yet. Every instance may send it again, because the idempotency key makes Twilio execute
/// it only once.
/// </summary>
/// <param name="Since">When the request was created, UTC.</param>
/// <param name="Asked">For a field: how often it was asked, including this request.</param>
public sealed record PendingAction(PaymentAction Action, DateTimeOffset Since, CaptureField? Field = null, int Asked = 0)
{
    /// <summary>Returns the idempotency key of the request. A retry has the same key.</summary>
    public string Key(PaymentId payment) => Action switch
    {
        PaymentAction.Capture => $"{payment}-capture-{WireName.Of(Field!.Value)}-{Asked}",
        _ => $"{payment}-{WireName.Of(Action)}",
    };
}
