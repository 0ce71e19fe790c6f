using AgentPay.Web.Calls;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Api;

/// <summary>
/// Payments as clients of the API name them: by a leg of the call, whichever they know, and Twilio's SID. Throws what Sync throws.
/// </summary>
internal sealed class ClientPayments(
    PstnLeg legs, CallPayments calls, PaymentStore payments, LiveFeed<PaymentId, PaymentSession> feed, TimeProvider clock)
{
    /// <summary>The latest payment of the call, if that is the one; else null.</summary>
    public async Task<PaymentSession?> FindAsync(CallSid call, PaymentSid payment, CancellationToken cancellation)
    {
        if (await LatestAsync(call, cancellation) is { } named && named.Payment == payment) return named;
        var leg = await legs.FindAsync(call, cancellation) switch
        {
            PstnLegOutcome.Found found => found.Leg,
            PstnLegOutcome.NotInProgress over => over.Leg,
            _ => call,
        };
        return leg != call && await LatestAsync(leg, cancellation) is { } other && other.Payment == payment ? other : null;
    }

    /// <summary>The latest payment of a call by the customer's leg; null when there was none.</summary>
    public async Task<PaymentSession?> LatestAsync(CallSid leg, CancellationToken cancellation) =>
        await calls.LatestAsync(leg, cancellation) is { } latest ? await payments.LoadAsync(latest, cancellation) : null;

    /// <summary>The payment as this instance knows it just now.</summary>
    public async Task<PaymentSession> NowAsync(PaymentSession payment, CancellationToken cancellation) =>
        await payments.LoadAsync(payment.Id, cancellation) ?? payment;

    /// <summary>Waits until the condition holds or the time limit has passed, and returns the payment as it is then.</summary>
    public async Task<PaymentSession> UntilAsync(
        PaymentSession payment, Func<PaymentSession, bool> condition, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Timeouts.ApiCallback, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var now = await NowAsync(payment, cancellation);
        if (condition(now)) return now;
        try
        {
            await foreach (var next in feed.WatchAsync(payment.Id, either.Token))
                if (condition(now = next)) return now;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Nothing has come in time.
        }
        return now;
    }
}
