using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;

namespace AgentPay.Web.Handover;

/// <summary>Moves a call together with the payment that runs on it, as one act.</summary>
/// <remarks>
/// The call moves first: its item in Sync decides between two people who act at once. The payment follows with the number of the claim. When
/// Sync fails in between, the call is the new agent's and the payment still the former agent's, and both screens show that. The new agent
/// presses Take over again: the call is found claimed, and the payment moves. A move with an older number than the payment has is ignored.
/// </remarks>
public sealed class CallHandover(CallDirectory calls, PaymentDesk payments)
{
    /// <summary>
    /// Makes the call and its payment the agent's. A supervisor takes them from anyone; another agent takes an unclaimed call, or the payment
    /// of a call that was handed over to them.
    /// </summary>
    public async Task<HandoverResult> TakeOverAsync(CurrentUser agent, Call call, CancellationToken cancellation)
    {
        var claim = await calls.ClaimAsync(call.Uui, agent, takeOver: true, cancellation);
        return claim switch
        {
            ClaimOutcome.Claimed(var claimed) => new(claim, await TakePaymentAsync(agent, claimed, claimed.ClaimNumber, cancellation)),
            // AgentPay has no record of the call, or it has ended while its payment is being processed: there is only the payment to move.
            ClaimOutcome.NoSuchCall => new(claim, await TakePaymentAsync(agent, call, null, cancellation)),
            _ => new(claim),
        };
    }

    /// <summary>Makes the holder's call and their payment on it a colleague's.</summary>
    public async Task<HandoverResult> HandOverAsync(CurrentUser holder, Call call, Colleague to, CancellationToken cancellation)
    {
        var claim = await calls.HandOverAsync(call.Uui, holder, to, cancellation);
        if (claim is not ClaimOutcome.HandedOver(var given)) return new(claim);
        var latest = await LatestAsync(holder, given, cancellation);
        return new(claim, latest is DeskAnswer.Done(var payment) && IsOf(holder.PrincipalName, payment)
            ? await payments.HandOverAsync(holder.PrincipalName, payment.Id, to.PrincipalName, given.ClaimNumber, cancellation)
            : latest);
    }

    /// <summary>Ends the holder's claim. Refused while their payment runs: somebody has to be able to finish or cancel it.</summary>
    public async Task<HandoverResult> ReleaseAsync(CurrentUser holder, Call call, CancellationToken cancellation)
    {
        var latest = await LatestAsync(holder, call, cancellation);
        if (latest is DeskAnswer.Done(var payment) && IsOf(holder.PrincipalName, payment)) return new(new ClaimOutcome.PaymentRuns(call));
        if (latest == DeskAnswer.Unavailable) return new(new ClaimOutcome.Unavailable());
        return new(await calls.ReleaseAsync(call.Uui, holder, cancellation));
    }

    private async Task<DeskAnswer?> TakePaymentAsync(CurrentUser agent, Call call, int? claim, CancellationToken cancellation)
    {
        var latest = await LatestAsync(agent, call, cancellation);
        if (latest is not DeskAnswer.Done(var payment) || payment.IsOver || payment.Agent == agent.PrincipalName) return latest;
        if (agent.IsSupervisor) return await payments.TakeOverAsync(agent, payment.Id, claim, cancellation);
        var isGiven = claim is not null && payment.Agent.Equals(call.HandedOverBy, StringComparison.OrdinalIgnoreCase);
        return isGiven ? await payments.HandOverAsync(payment.Agent, payment.Id, agent.PrincipalName, claim!.Value, cancellation) : latest;
    }

    /// <summary>The latest payment on the call; null when there is none.</summary>
    private async Task<DeskAnswer?> LatestAsync(CurrentUser viewer, Call call, CancellationToken cancellation)
    {
        var latest = await payments.LatestAsync(viewer, call.PstnSid, call.ClaimedBy, cancellation);
        return latest == DeskAnswer.NotFound ? null : latest;
    }

    private static bool IsOf(string agent, PaymentSession payment) => !payment.IsOver && payment.Agent == agent;
}
