using AgentPay.Web.Calls;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;

namespace AgentPay.Web.Handover;

/// <summary>Moves a call and the payment on it from one agent to another.</summary>
/// <remarks>
/// The call moves first, because the revision of its item decides between concurrent requests. The payment then moves with the claim number
/// of the call. If Sync fails in between, the new agent has the call and the former agent still has the payment. Both screens show this.
/// When the new agent presses Take over again, the call is already claimed, and the payment moves. A request with an older claim number
/// than that of the payment is ignored.
/// </remarks>
public sealed class CallHandover(CallDirectory calls, PaymentDesk payments)
{
    /// <summary>
    /// Moves the call and its payment to the agent. A supervisor can take over from any agent. Other agents can take an unclaimed call, a
    /// call that the PBX transferred, or the payment of a call that was handed over to them.
    /// </summary>
    public async Task<HandoverResult> TakeOverAsync(CurrentUser agent, Call call, CancellationToken cancellation)
    {
        var claim = await calls.ClaimAsync(call.Uui, agent, takeOver: true, cancellation);
        return claim switch
        {
            ClaimOutcome.Claimed(var claimed) => new(claim, await TakePaymentAsync(agent, claimed, claimed.ClaimNumber, cancellation)),
            // The call has no record, or it has ended while its payment is being processed. Only the payment moves.
            ClaimOutcome.NoSuchCall => new(claim, await TakePaymentAsync(agent, call, null, cancellation)),
            _ => new(claim),
        };
    }

    /// <summary>Moves the holder's call and their payment on it to a colleague.</summary>
    public async Task<HandoverResult> HandOverAsync(CurrentUser holder, Call call, Colleague to, CancellationToken cancellation)
    {
        var claim = await calls.HandOverAsync(call.Uui, holder, to, cancellation);
        if (claim is not ClaimOutcome.HandedOver(var moved)) return new(claim);
        var latest = await LatestAsync(holder, moved, cancellation);
        return new(claim, latest is DeskAnswer.Done(var payment) && IsInProgress(payment, holder.PrincipalName)
            ? await payments.HandOverAsync(holder.PrincipalName, payment.Id, to.PrincipalName, moved.ClaimNumber, cancellation)
            : latest);
    }

    /// <summary>Ends the holder's claim. Refused while their payment is in progress, as an agent must finish or cancel it.</summary>
    public async Task<HandoverResult> ReleaseAsync(CurrentUser holder, Call call, CancellationToken cancellation)
    {
        var latest = await LatestAsync(holder, call, cancellation);
        if (latest is DeskAnswer.Done(var payment) && IsInProgress(payment, holder.PrincipalName))
            return new(new ClaimOutcome.PaymentRuns(call));
        if (latest == DeskAnswer.Unavailable) return new(new ClaimOutcome.Unavailable());
        return new(await calls.ReleaseAsync(call.Uui, holder, cancellation));
    }

    private async Task<DeskAnswer?> TakePaymentAsync(CurrentUser agent, Call call, int? claim, CancellationToken cancellation)
    {
        var latest = await LatestAsync(agent, call, cancellation);
        if (latest is not DeskAnswer.Done(var payment) || payment.IsOver || payment.Agent == agent.PrincipalName) return latest;
        if (agent.IsSupervisor) return await payments.TakeOverAsync(agent, payment.Id, claim, cancellation);
        var isGiven = claim is not null && payment.Agent.Equals(call.HandedOverBy, StringComparison.OrdinalIgnoreCase);
        if (!isGiven) return latest;
        return call.IsTakenByTransfer
            ? await payments.TransferAsync(payment.Agent, payment.Id, agent.PrincipalName, claim!.Value, cancellation)
            : await payments.HandOverAsync(payment.Agent, payment.Id, agent.PrincipalName, claim!.Value, cancellation);
    }

    // Returns the latest payment on the call, or null.
    private async Task<DeskAnswer?> LatestAsync(CurrentUser viewer, Call call, CancellationToken cancellation)
    {
        var latest = await payments.LatestAsync(viewer, call.PstnSid, call.ClaimedBy, cancellation);
        return latest == DeskAnswer.NotFound ? null : latest;
    }

    private static bool IsInProgress(PaymentSession payment, string agent) => !payment.IsOver && payment.Agent == agent;
}
