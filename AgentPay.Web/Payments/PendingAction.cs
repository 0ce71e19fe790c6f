using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>What Twilio can be asked to do with a payment.</summary>
public enum PaymentAction
{
    Start,
    Capture,
    Complete,
    Cancel,
}

/// <summary>
/// A request to Twilio that is decided and written down, but not answered yet. Whoever finds it may send it (again):
/// the key makes it the same request every time.
/// </summary>
/// <param name="Since">When it was decided, UTC.</param>
/// <param name="Asked">Of a field: how often it has been asked, this time included.</param>
public sealed record PendingAction(PaymentAction Action, DateTimeOffset Since, CaptureField? Field = null, int Asked = 0)
{
    /// <summary>Twilio's idempotency key: one per action of the agent, not per try.</summary>
    public string Key(PaymentId payment) => Action switch
    {
        PaymentAction.Capture => $"{payment}-capture-{WireName.Of(Field!.Value)}-{Asked}",
        _ => $"{payment}-{WireName.Of(Action)}",
    };
}
