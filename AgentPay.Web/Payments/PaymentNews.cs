using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>
/// An action on a payment by an agent, or by the server on behalf of the agent. Published for reporting after the action. Contains no card
/// data, tokens or amounts.
/// </summary>
public abstract record PaymentNotice(DateTimeOffset At, string Agent, CallSid Call)
{
    /// <summary>A call was opened on an agent's payment screen.</summary>
    public sealed record Attached(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);

    /// <summary>The notices for a request that Twilio has accepted. The instance that sent the request publishes them.</summary>
    internal static IEnumerable<PaymentNotice> Of(PaymentSession session, PendingAction accepted, DateTimeOffset at) => accepted switch
    {
        { Action: PaymentAction.Start } => [new CaptureStarted(at, session.Agent, session.Call)],
        { Action: PaymentAction.Capture, Field: { } field, Asked: > 1 } =>
        [
            new FieldReset(at, session.Agent, session.Call, field),
            new FieldAsked(at, session.Agent, session.Call, field),
        ],
        { Action: PaymentAction.Capture, Field: { } field } => [new FieldAsked(at, session.Agent, session.Call, field)],
        { Action: PaymentAction.Complete } => [new Submitted(at, session.Agent, session.Call)],
        _ => [new Cancelled(at, session.Agent, session.Call)],
    };

    /// <summary>Twilio has opened the session.</summary>
    public sealed record CaptureStarted(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);

    /// <summary>Twilio has accepted a request for a field, from the agent or the server.</summary>
    public sealed record FieldAsked(DateTimeOffset At, string Agent, CallSid Call, CaptureField Field) : PaymentNotice(At, Agent, Call);

    /// <summary>A field is asked again.</summary>
    public sealed record FieldReset(DateTimeOffset At, string Agent, CallSid Call, CaptureField Field) : PaymentNotice(At, Agent, Call);

    public sealed record Cancelled(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);

    public sealed record Submitted(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);

    /// <summary>The call was removed from the agent's payment screen.</summary>
    public sealed record Detached(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);
}

/// <summary>
/// Publishes payment notices. Subscribers must return quickly. If a subscriber throws, the error is logged and the others are still called.
/// </summary>
public sealed class PaymentNews(ILogger<PaymentNews> log)
{
    public event Action<PaymentNotice>? Published;

    public void Publish(PaymentNotice notice)
    {
        foreach (var listener in Delegate.EnumerateInvocationList(Published))
        {
            try
            {
                listener(notice);
            }
            catch (Exception fault)
            {
                log.SubscriberBroken(fault, notice.GetType().Name);
            }
        }
    }
}
