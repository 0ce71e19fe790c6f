using AgentPay.Web.Calls;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Api;

/// <summary>
/// Finds payments by the parameters of a client: any leg of the call, and Twilio's SID of the payment. Throws Sync's exceptions.
/// </summary>
internal sealed class ClientPayments(
    PstnLeg legs, CallPayments calls, PaymentStore payments, LiveFeed<PaymentId, PaymentSession> feed, TimeProvider clock)
{
    /// <summary>Returns the latest payment of the call if it has this SID; otherwise null.</summary>
    public async Task<PaymentSession?> FindAsync(CallSid call, PaymentSid payment, CancellationToken cancellation)
    {
        if (await LatestAsync(call, cancellation) is { } latest && latest.Payment == payment) return latest;
        var leg = await legs.FindAsync(call, cancellation) switch
        {
            PstnLegOutcome.Found found => found.Leg,
            PstnLegOutcome.NotInProgress over => over.Leg,
            _ => call,
        };
        return leg != call && await LatestAsync(leg, cancellation) is { } other && other.Payment == payment ? other : null;
    }

    /// <summary>Returns the latest payment of a call; null if there is none.</summary>
    /// <param name="leg">The customer's leg.</param>
    public async Task<PaymentSession?> LatestAsync(CallSid leg, CancellationToken cancellation) =>
        await calls.LatestAsync(leg, cancellation) is { } latest ? await payments.LoadAsync(latest, cancellation) : null;

    /// <summary>Returns the current state of the payment on this instance.</summary>
    public async Task<PaymentSession> CurrentAsync(PaymentSession payment, CancellationToken cancellation) =>
        await payments.LoadAsync(payment.Id, cancellation) ?? payment;

    /// <summary>Waits until the condition is true, or the timeout expires. Returns the last state in both cases.</summary>
    public async Task<PaymentSession> WaitUntilAsync(
        PaymentSession payment, Func<PaymentSession, bool> condition, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(Timeouts.ApiCallback, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        var current = await CurrentAsync(payment, cancellation);
        if (condition(current)) return current;
        try
        {
            await foreach (var next in feed.WatchAsync(payment.Id, linked.Token))
                if (condition(current = next)) return current;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The timeout has expired.
        }
        return current;
    }
}
