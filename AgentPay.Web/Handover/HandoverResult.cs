using AgentPay.Web.Calls;
using AgentPay.Web.Payments;

namespace AgentPay.Web.Handover;

/// <summary>The result of moving a call and the payment on it.</summary>
/// <param name="Claim">The result for the call.</param>
/// <param name="Payment">The result for the payment; null when the call has none or was not moved.</param>
public sealed record HandoverResult(ClaimOutcome Claim, DeskAnswer? Payment = null)
{
    /// <summary>True when the call was moved and its payment was not.</summary>
    public bool IsHalf => Payment is DeskAnswer.Refused;
}
