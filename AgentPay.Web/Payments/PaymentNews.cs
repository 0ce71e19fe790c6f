using AgentPay.Web.Twilio;

namespace AgentPay.Web.Payments;

/// <summary>Something an agent, or the server in their place, has done with a payment: for reporting, after the fact. No card data, tokens or amounts.</summary>
public abstract record PaymentNotice(DateTimeOffset At, string Agent, CallSid Call)
{
    /// <summary>A call is on an agent's payment screen.</summary>
    public sealed record Attached(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);

    /// <summary>Twilio has opened the session, and has been asked for the first field.</summary>
    public sealed record CaptureStarted(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);

    /// <summary>Twilio has been asked for a field.</summary>
    public sealed record FieldAsked(DateTimeOffset At, string Agent, CallSid Call, CaptureField Field) : PaymentNotice(At, Agent, Call);

    /// <summary>A field that had been captured or rejected is about to be asked again.</summary>
    public sealed record FieldReset(DateTimeOffset At, string Agent, CallSid Call, CaptureField Field) : PaymentNotice(At, Agent, Call);

    public sealed record Cancelled(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);

    public sealed record Submitted(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);

    /// <summary>The payment has left the agent's screen.</summary>
    public sealed record Detached(DateTimeOffset At, string Agent, CallSid Call) : PaymentNotice(At, Agent, Call);
}

/// <summary>Where payments tell what was done with them. A listener must return at once and never throw.</summary>
public sealed class PaymentNews
{
    public event Action<PaymentNotice>? Published;

    public void Publish(PaymentNotice notice) => Published?.Invoke(notice);
}
