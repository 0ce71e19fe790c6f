namespace AgentPay.Web.Payments;

/// <summary>
/// The phase of a payment. The last four phases end it. Only <see cref="Unknown"/> can still change to one of the other three.
/// </summary>
public enum PaymentPhase
{
    /// <summary>A request to open a Twilio session is pending.</summary>
    Starting,

    /// <summary>The caller enters the current field. Without a current field, no field is being asked.</summary>
    Capturing,

    /// <summary>Every field is captured, and the payment is not submitted yet.</summary>
    Ready,

    /// <summary>
    /// Twilio reads the last four digits to the caller, who presses 1 to confirm. Twilio reports the outcome only, not the key, so the
    /// gateway may already be processing the payment. A cancelled payment stays in this phase until Twilio answers.
    /// </summary>
    Confirming,

    /// <summary>The payment is submitted. Only Twilio's callback tells the outcome.</summary>
    Submitting,

    /// <summary>The Twilio session is being cancelled.</summary>
    Cancelling,

    Succeeded,
    Failed,
    Cancelled,

    /// <summary>No outcome arrived in time, or it is doubtful. The caller may or may not have been charged.</summary>
    Unknown,
}
