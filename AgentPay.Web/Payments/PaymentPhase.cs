namespace AgentPay.Web.Payments;

/// <summary>Where a payment stands. The last four are ends; of these, only <see cref="Unknown"/> may still turn into one of the other three.</summary>
public enum PaymentPhase
{
    /// <summary>Twilio has been asked, or is about to be asked, to open a session.</summary>
    Starting,

    /// <summary>The caller is to enter the current field; without a current field, nothing is being asked just now.</summary>
    Capturing,

    /// <summary>Every field is captured and nothing has been submitted.</summary>
    Ready,

    /// <summary>
    /// Twilio has read the last four digits to the caller, who presses 1 to confirm. Twilio does not say when the key is pressed, only how the payment
    /// ended, so the gateway may be at work already. A cancellation stays here until Twilio says what came of it.
    /// </summary>
    Confirming,

    /// <summary>The card is on its way to the gateway; only Twilio's callback says what came of it.</summary>
    Submitting,

    /// <summary>The session is to be closed without a payment.</summary>
    Cancelling,

    Succeeded,
    Failed,
    Cancelled,

    /// <summary>Submitted, and no outcome has arrived in time: the caller may or may not have been charged.</summary>
    Unknown,
}
