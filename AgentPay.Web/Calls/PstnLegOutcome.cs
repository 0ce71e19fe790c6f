using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>What came of looking for the leg to attach a payment to.</summary>
public abstract record PstnLegOutcome
{
    private PstnLegOutcome()
    {
    }

    /// <summary>The customer's leg, in progress.</summary>
    /// <param name="Uui">What the call is known by; null when it did not come through AgentPay's own webhooks.</param>
    public sealed record Found(CallSid Leg, string? Uui) : PstnLegOutcome
    {
        /// <summary>The agent who has claimed the call at the console; null when nobody has.</summary>
        public string? ClaimedBy { get; init; }
    }

    /// <summary>The customer is not on the line, or not any more.</summary>
    public sealed record NotInProgress(CallSid Leg, CallStatus Status) : PstnLegOutcome;

    /// <summary>Twilio knows no such call, or none with a customer on the telephone.</summary>
    public sealed record NotFound : PstnLegOutcome;

    /// <summary>Twilio cannot be asked just now, or does not let AgentPay ask.</summary>
    public sealed record Unavailable : PstnLegOutcome;
}
