using AgentPay.Web.Twilio;

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
/// <param name="Key">Twilio's idempotency key: one per action of the agent, not per try.</param>
/// <param name="Since">When it was decided, UTC.</param>
public sealed record PendingAction(PaymentAction Action, string Key, DateTimeOffset Since, CaptureField? Field = null);
