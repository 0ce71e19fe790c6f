using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>Everything that can happen to a payment. <see cref="At"/> is UTC, by the clock of the server that saw it.</summary>
public abstract record PaymentEvent(DateTimeOffset At)
{
    /// <summary>The agent, or the driving client, asks the caller for a field, for the first time or again.</summary>
    public sealed record FieldAsked(DateTimeOffset At, CaptureField Field) : PaymentEvent(At);

    /// <summary>The agent presses Take payment.</summary>
    public sealed record SubmitAsked(DateTimeOffset At) : PaymentEvent(At);

    public sealed record CancelAsked(DateTimeOffset At) : PaymentEvent(At);

    /// <summary>A supervisor makes the payment their own.</summary>
    /// <param name="ClaimNumber">
    /// Number of the claim that the payment follows; the event is ignored when it has followed a newer one. Null when the call is not claimed.
    /// </param>
    public sealed record TakenOver(DateTimeOffset At, string Agent, int? ClaimNumber = null) : PaymentEvent(At);

    /// <summary>The agent gives the payment to a colleague.</summary>
    /// <param name="ClaimNumber">As in <see cref="TakenOver"/>.</param>
    public sealed record HandedOver(DateTimeOffset At, string Agent, int? ClaimNumber = null) : PaymentEvent(At);

    /// <summary>A supervisor has checked a payment with an uncertain result.</summary>
    public sealed record Closed(DateTimeOffset At, PaymentClosing Closing) : PaymentEvent(At);

    /// <summary>Twilio has accepted a request.</summary>
    public sealed record ActionAccepted(DateTimeOffset At, string Key, PaymentSid? Payment) : PaymentEvent(At);

    /// <summary>Twilio has refused a request for good (4xx), or AgentPay has not sent it.</summary>
    /// <param name="Code">Twilio's; null when the payment's profile does not exist any more, and nothing was sent.</param>
    /// <param name="MayBeDone">An earlier try of the same was sent without a clear answer: it may have taken effect, and this refusal may be of the second.</param>
    public sealed record ActionRefused(DateTimeOffset At, string Key, int? Code, bool MayBeDone = false) : PaymentEvent(At);

    /// <summary>The recording of the call was paused or resumed, or that has failed.</summary>
    public sealed record RecordingChanged(RecordingStep Step) : PaymentEvent(Step.At);

    /// <summary>Twilio's status callback.</summary>
    public sealed record CalledBack(DateTimeOffset At, PayCallback Callback) : PaymentEvent(At);

    /// <summary>The call is over, by its own status callback or by a request that Twilio refused with 21220.</summary>
    public sealed record CallEnded(DateTimeOffset At) : PaymentEvent(At);

    /// <summary>Time has passed: whatever is overdue by the limits is.</summary>
    public sealed record TimePassed(DateTimeOffset At, PaymentLimits Limits) : PaymentEvent(At);
}

/// <summary>How long a payment may take.</summary>
/// <param name="CaptureWindow">From the start until everything is captured; then the payment is cancelled.</param>
/// <param name="OutcomeTimeout">From a request to open, submit or cancel until its callback.</param>
public sealed record PaymentLimits(TimeSpan CaptureWindow, TimeSpan OutcomeTimeout);
