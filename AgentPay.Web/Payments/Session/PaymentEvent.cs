using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>An event of a payment. <see cref="At"/> is UTC, by the clock of the server that received the event.</summary>
public abstract record PaymentEvent(DateTimeOffset At)
{
    /// <summary>The agent, or the client that drives the payment, asks the caller for a field. A field can be asked again.</summary>
    public sealed record FieldAsked(DateTimeOffset At, CaptureField Field) : PaymentEvent(At);

    /// <summary>The agent presses Take payment.</summary>
    public sealed record SubmitAsked(DateTimeOffset At) : PaymentEvent(At);

    public sealed record CancelAsked(DateTimeOffset At) : PaymentEvent(At);

    /// <summary>The agent gives the caller more time: <see cref="PaymentSession.IsSlow"/>.</summary>
    public sealed record SlowKeyingAsked(DateTimeOffset At) : PaymentEvent(At);

    /// <summary>A supervisor takes over the payment.</summary>
    /// <param name="ClaimNumber">
    /// Number of the claim of the call; null when the call is not claimed. The event is ignored if the payment has followed a newer claim.
    /// </param>
    public sealed record TakenOver(DateTimeOffset At, string Agent, int? ClaimNumber = null) : PaymentEvent(At);

    /// <summary>The agent hands the payment over to a colleague.</summary>
    /// <param name="ClaimNumber">As in <see cref="TakenOver"/>.</param>
    /// <param name="IsTransfer">As in <see cref="AgentChange"/>.</param>
    public sealed record HandedOver(DateTimeOffset At, string Agent, int? ClaimNumber = null, bool IsTransfer = false) : PaymentEvent(At);

    /// <summary>A supervisor has checked a payment with an uncertain result.</summary>
    public sealed record Closed(DateTimeOffset At, PaymentClosing Closing) : PaymentEvent(At);

    /// <summary>Twilio has accepted a request.</summary>
    public sealed record ActionAccepted(DateTimeOffset At, string Key, PaymentSid? Payment) : PaymentEvent(At);

    /// <summary>Twilio has refused a request with a 4xx, or AgentPay has not sent it.</summary>
    /// <param name="Code">Twilio's error code; null when nothing was sent, because the profile is no longer configured.</param>
    /// <param name="MayBeDone">
    /// An earlier attempt had no clear answer. It may have taken effect, and the refusal may concern the second attempt only.
    /// </param>
    public sealed record ActionRefused(DateTimeOffset At, string Key, int? Code, bool MayBeDone = false) : PaymentEvent(At);

    /// <summary>The recording of the call was paused or resumed, or the attempt failed.</summary>
    public sealed record RecordingChanged(RecordingStep Step) : PaymentEvent(Step.At);

    /// <summary>The agent sends a receipt. Ignored unless it is the attempt after the last one.</summary>
    public sealed record ReceiptAsked(SmsReceipt Receipt) : PaymentEvent(Receipt.At);

    /// <summary>Twilio's answer to a receipt, or its report on the delivery.</summary>
    public sealed record ReceiptReported(DateTimeOffset At, int Attempt, ReceiptState State, string? Message = null, int? Code = null)
        : PaymentEvent(At);

    /// <summary>Twilio's status callback.</summary>
    public sealed record CalledBack(DateTimeOffset At, PayCallback Callback) : PaymentEvent(At);

    /// <summary>The call is over. Reported by the status callback of the call, or by a request that Twilio refused with 21220.</summary>
    public sealed record CallEnded(DateTimeOffset At) : PaymentEvent(At);

    /// <summary>A periodic check of the time limits.</summary>
    public sealed record TimePassed(DateTimeOffset At, PaymentLimits Limits) : PaymentEvent(At);
}

/// <summary>The time limits of a payment.</summary>
/// <param name="CaptureWindow">
/// From the start until every field is captured. The payment is cancelled when it is exceeded. Slow-keying mode doubles it.
/// </param>
/// <param name="OutcomeTimeout">From a request to open, submit or cancel a session until its callback.</param>
public sealed record PaymentLimits(TimeSpan CaptureWindow, TimeSpan OutcomeTimeout);
