using System.Collections.Concurrent;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>Payments in Sync, a document each, and what this instance knows of them: so that the usual change costs one write and no read.</summary>
public sealed class PaymentStore(DocumentStore<PaymentSession> documents, IOptions<SyncOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<PaymentId, Known> _known = new();

    public static string NameOf(PaymentId payment) => $"pay-{payment}";

    /// <summary>Payments that this instance knows and that are not over.</summary>
    public IEnumerable<PaymentSession> InFlight => _known.Values.Select(k => k.Session).Where(s => !s.IsOver);

    /// <summary>The intent, before anything is asked of Twilio.</summary>
    public async Task CreateAsync(PaymentSession session, CancellationToken cancellation)
    {
        var stored = await documents.CreateAsync(NameOf(session.Id), session, options.Value.ItemTtl, cancellation);
        _known[session.Id] = new(session, stored.Revision, clock.GetUtcNow());
    }

    /// <summary>As this instance knows it, or else from Sync; null when there is no such payment, or no more.</summary>
    public async Task<PaymentSession?> LoadAsync(PaymentId payment, CancellationToken cancellation) =>
        _known.TryGetValue(payment, out var known) ? known.Session : await ReloadAsync(payment, cancellation);

    /// <summary>From Sync, whatever this instance knows.</summary>
    public async Task<PaymentSession?> ReloadAsync(PaymentId payment, CancellationToken cancellation)
    {
        var stored = await documents.FetchAsync(NameOf(payment), cancellation);
        if (stored is null) _known.TryRemove(payment, out _);
        else _known[payment] = new(stored.Data, stored.Revision, clock.GetUtcNow());
        return stored?.Data;
    }

    /// <summary>Keeps what need not be written.</summary>
    public void Remember(PaymentSession session)
    {
        if (_known.TryGetValue(session.Id, out var known)) _known[session.Id] = known with { Session = session };
    }

    /// <summary>Writes over what this instance knows; false when another has written since: load again, and decide anew.</summary>
    public async Task<bool> SaveAsync(PaymentSession session, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(session.Id, out var known)) return false;
        TimeSpan? ttl = session.IsFinal ? options.Value.EndedTtl : null;
        var urgency = session.IsOver ? SyncUrgency.Final : SyncUrgency.Normal;
        if (await documents.UpdateAsync(NameOf(session.Id), session, known.Revision, ttl, urgency, cancellation) is not { } stored) return false;
        _known[session.Id] = new(session, stored.Revision, clock.GetUtcNow());
        return true;
    }

    /// <summary>Takes payments on that have not been written to since <paramref name="before"/>, are not over, and are not known here.</summary>
    public async Task AdoptAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        await foreach (var stored in documents.ListAsync("pay-", cancellation))
        {
            if (stored.Updated < before && !stored.Data.IsOver) _known.TryAdd(stored.Data.Id, new(stored.Data, stored.Revision, clock.GetUtcNow()));
        }
    }

    /// <summary>Lets go of payments that ended a while ago: Sync forgets them too.</summary>
    public IReadOnlyList<PaymentId> Forget()
    {
        var before = clock.GetUtcNow() - options.Value.EndedTtl;
        var old = _known.Where(k => k.Value.Session.IsOver && k.Value.At < before).Select(k => k.Key).ToList();
        foreach (var payment in old) _known.TryRemove(payment, out _);
        return old;
    }

    private sealed record Known(PaymentSession Session, string Revision, DateTimeOffset At);
}
