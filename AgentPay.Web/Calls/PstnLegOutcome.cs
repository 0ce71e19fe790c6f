using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>The result of a search for the customer's leg.</summary>
public abstract record PstnLegOutcome
{
    private PstnLegOutcome()
    {
    }

    /// <summary>The customer's leg, in progress.</summary>
    /// <param name="Uui">The UUI; null when AgentPay received no webhook for the call.</param>
    public sealed record Found(CallSid Leg, string? Uui) : PstnLegOutcome
    {
        /// <summary>Principal name of the agent who claimed the call; null while it is unclaimed.</summary>
        public string? ClaimedBy { get; init; }

        /// <summary>The customer's number or SIP address; null when it is unknown.</summary>
        public string? Customer { get; init; }
    }

    /// <summary>The customer has not answered yet, or the call has ended.</summary>
    public sealed record NotInProgress(CallSid Leg, CallStatus Status) : PstnLegOutcome;

    /// <summary>Twilio has no such call, or the call has no customer's leg.</summary>
    public sealed record NotFound : PstnLegOutcome;

    /// <summary>Twilio cannot be reached or refuses the credentials.</summary>
    public sealed record Unavailable : PstnLegOutcome;
}
