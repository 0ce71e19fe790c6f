using System.Runtime.CompilerServices;
using AgentPay.Web.Sync;
using AgentPay.Web.Twilio;

namespace AgentPay.Web.Payments;

/// <summary>
/// What happens to a payment, made to last: applied in turn, shown at once, written under <c>If-Match</c>, and only then sent to Twilio,
/// by the writer alone. Throws <see cref="TwilioException"/> or <see cref="SyncNotReadyException"/> when Sync does not take it.
/// </summary>
public sealed class PaymentFlow(
    PaymentStore store, PaymentTurns turns, PaymentRequests requests, PaymentRecords records, LiveFeed<PaymentId, PaymentSession> feed, TimeProvider clock, ILogger<PaymentFlow> log)
{
    /// <summary>How long an event waits for Twilio's answer to what it led to; the request itself goes on after that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly InFlightRequests _sending = new();

    /// <summary>Requests to Twilio that are under way; a server that stops waits for them.</summary>
    public Task Idle => _sending.Idle;

    /// <summary>Writes the intent down, shows it, and asks Twilio.</summary>
    public async Task<PaymentSession> BeginAsync(PaymentSession session, CancellationToken cancellation)
    {
        await store.CreateAsync(session, cancellation);
        feed.Publish(session.Id, session);
        await WithPatience(SendAsync(session), cancellation);
        return await store.LoadAsync(session.Id, cancellation) ?? session;
    }

    /// <summary>The payment as it is after the event; null when there is no such payment, or no more.</summary>
    public async Task<PaymentSession?> HappenAsync(PaymentId payment, PaymentEvent happened, CancellationToken cancellation)
    {
        var (after, sending) = await ApplyAsync(payment, happened, cancellation);
        if (after is null || sending is null) return after;
        await WithPatience(sending, cancellation);
        return await store.LoadAsync(payment, cancellation);
    }

    /// <summary>Sends what is pending, unless this instance is sending it already; what Twilio makes of it happens to the payment in turn.</summary>
    public Task SendAsync(PaymentSession session) => _sending.Run(session.PendingKey!, async () =>
    {
        try
        {
            if (await requests.SendAsync(session, CancellationToken.None) is { } answer) await ApplyAsync(session.Id, answer, CancellationToken.None);
        }
        catch (Exception down) when (down is TwilioException or SyncNotReadyException)
        {
            // It stays pending, and so is sent again under the same key.
            log.NotWritten(session.Id, "Twilio's answer", down.Message);
        }
    });

    /// <summary>Takes over what another instance has written.</summary>
    public async Task<PaymentSession?> RefreshAsync(PaymentId payment, CancellationToken cancellation)
    {
        using var turn = await turns.EnterAsync(payment, cancellation);
        var known = await store.LoadAsync(payment, cancellation);
        if (await store.ReloadAsync(payment, cancellation) is not { } session) return null;
        if (known?.Supersedes(session) == true)
        {
            store.Remember(known);
            return known;
        }
        feed.Publish(payment, session);
        return session;
    }

    private async Task<(PaymentSession? After, Task? Sending)> ApplyAsync(PaymentId payment, PaymentEvent happened, CancellationToken cancellation)
    {
        using var turn = await turns.EnterAsync(payment, cancellation);
        var before = await store.LoadAsync(payment, cancellation);
        while (before is not null)
        {
            var after = before.Apply(happened);
            if (ReferenceEquals(after, before)) return (before, null);
            if (!after.IsMilestoneAfter(before)) return (Keep(after with { Step = before.Step + 1 }), null);
            after = after with { Version = before.Version + 1, Step = 0 };
            feed.Publish(payment, after);
            if (await store.SaveAsync(after, cancellation))
            {
                if (after.Phase != before.Phase) log.Entered(payment, after.Phase);
                var sending = after.Pending is not null && after.PendingKey != before.PendingKey ? SendAsync(after) : null;
                await records.WriteAsync(after, before, cancellation);
                return (after, sending);
            }
            before = await ReloadAsync(payment, cancellation);
        }
        return (null, null);
    }

    private ConfiguredTaskAwaitable WithPatience(Task sending, CancellationToken cancellation) =>
        sending.WaitAsync(Patience, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private PaymentSession Keep(PaymentSession session)
    {
        store.Remember(session);
        feed.Publish(session.Id, session);
        return session;
    }

    /// <summary>Another instance was first: what it wrote replaces what was shown too early here.</summary>
    private async Task<PaymentSession?> ReloadAsync(PaymentId payment, CancellationToken cancellation)
    {
        if (await store.ReloadAsync(payment, cancellation) is not { } session) return null;
        return Keep(session with { Step = 1 });
    }
}
