using AgentPay.Web.Calls;
using AgentPay.Web.Payments;

namespace AgentPay.Web.Handover;

/// <summary>The result of moving a call and the payment that runs on it.</summary>
/// <param name="Claim">What happened to the call.</param>
/// <param name="Payment">What happened to the payment; null when none runs on the call, or when the call has not moved.</param>
public sealed record HandoverResult(ClaimOutcome Claim, DeskAnswer? Payment = null)
{
    /// <summary>The call has moved and its payment has not.</summary>
    public bool IsHalf => Payment is DeskAnswer.Refused;
}
