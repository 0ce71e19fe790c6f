using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>Something an agent, or the server in their place, has done with a payment: for reporting, after the fact. No card data, tokens or amounts.</summary>
public abstract record PaymentNotice(DateTimeOffset At, string Agent, CallSid Call)
{
    /// <summary>A call is on an agent's payment screen.</summary>
    public sealed record Attached(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);

    /// <summary>What Twilio has accepted of a payment: told by the instance that asked, in the order of the answers.</summary>
    internal static IEnumerable<PaymentNotice> Of(PaymentSession session, PendingAction accepted, DateTimeOffset at) => accepted switch
    {
        { Action: PaymentAction.Start } => [new CaptureStarted(at, session.Agent, session.Call)],
        { Action: PaymentAction.Capture, Field: { } field, Asked: > 1 } => [new FieldReset(at, session.Agent, session.Call, field), new FieldAsked(at, session.Agent, session.Call, field)],
        { Action: PaymentAction.Capture, Field: { } field } => [new FieldAsked(at, session.Agent, session.Call, field)],
        { Action: PaymentAction.Complete } => [new Submitted(at, session.Agent, session.Call)],
        _ => [new Cancelled(at, session.Agent, session.Call)],
    };

    /// <summary>Twilio has opened the session.</summary>
    public sealed record CaptureStarted(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);

    /// <summary>Twilio has been asked for a field, by the agent or by the server in its turn, and has accepted it.</summary>
    public sealed record FieldAsked(DateTimeOffset At, string Agent, CallSid Call, CaptureField Field) : PaymentNotice(At, Agent, Call);

    /// <summary>A field that has been asked before is asked again.</summary>
    public sealed record FieldReset(DateTimeOffset At, string Agent, CallSid Call, CaptureField Field) : PaymentNotice(At, Agent, Call);

    public sealed record Cancelled(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);

    public sealed record Submitted(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);

    /// <summary>The payment has left the agent's screen.</summary>
    public sealed record Detached(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);
}

/// <summary>Where payments tell what was done with them. A listener must return at once; one that throws is logged, and the others still hear.</summary>
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
                log.NotHeard(fault, notice.GetType().Name);
            }
        }
    }
}
