using System.Collections.Concurrent;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>Payments in Sync, a document each, and what this instance knows of them: so that the usual change costs one write and no read.</summary>
public sealed class PaymentStore(DocumentStore<PaymentSession> documents, SyncAcl acl, IOptions<SyncOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<PaymentId, Copy> _known = new();

    public static string NameOf(PaymentId payment) => $"pay-{payment}";

    /// <summary>Payments that this instance knows and that are not over.</summary>
    public IEnumerable<PaymentSession> InFlight => _known.Values.Select(k => k.Session).Where(s => !s.IsOver);

    /// <summary>Payments that this instance knows and that are over.</summary>
    public IEnumerable<PaymentSession> Over => _known.Values.Select(k => k.Session).Where(s => s.IsOver);

    public PaymentSession? Known(PaymentId payment) => _known.GetValueOrDefault(payment)?.Session;

    /// <summary>True after a write whose answer never came: only Sync knows what holds.</summary>
    public bool IsInDoubt(PaymentId payment) => _known.GetValueOrDefault(payment)?.IsInDoubt == true;

    /// <summary>
    /// True when a request has been answered and, <paramref name="after"/> that long, Sync still says that it is pending: other instances, which
    /// know no better, would send it again.
    /// </summary>
    public bool HasUnwrittenAnswer(PaymentId payment, TimeSpan after) =>
        _known.GetValueOrDefault(payment) is { Session.Pending: null, PendingInSync: not null } known && Since(known) >= after;

    /// <summary>How long ago this instance wrote it, or read it from Sync.</summary>
    public TimeSpan SinceWritten(PaymentId payment) => _known.TryGetValue(payment, out var known) ? Since(known) : TimeSpan.MaxValue;

    /// <summary>The intent, before anything is asked of Twilio.</summary>
    public async Task CreateAsync(PaymentSession session, CancellationToken cancellation)
    {
        var stored = await documents.CreateAsync(NameOf(session.Id), session, options.Value.ItemTtl, cancellation);
        _known[session.Id] = CopyOf(stored) with { Session = session };
        await acl.GrantAsync(NameOf(session.Id), session.Agent, cancellation);
    }

    /// <summary>As this instance knows it, or else from Sync; null when there is no such payment, or no more.</summary>
    public async Task<PaymentSession?> LoadAsync(PaymentId payment, CancellationToken cancellation)
    {
        if (_known.GetValueOrDefault(payment) is { IsInDoubt: false } known) return known.Session;
        if (await FetchAsync(payment, cancellation) is not { } stored) return null;
        // Somebody whose turn it is may have been quicker, and then knows more.
        return _known.TryAdd(payment, CopyOf(stored)) ? stored.Data : Known(payment) is { } there && there.Version >= stored.Data.Version ? there : stored.Data;
    }

    /// <summary>From Sync, whatever this instance knows. Only for whose turn it is.</summary>
    public async Task<PaymentSession?> ReloadAsync(PaymentId payment, CancellationToken cancellation)
    {
        var stored = await FetchAsync(payment, cancellation);
        if (stored is null) _known.TryRemove(payment, out _);
        // The write that is in doubt has not come to hold by now; it still may.
        else _known[payment] = CopyOf(stored) with { IsInDoubt = _known.GetValueOrDefault(payment) is { IsInDoubt: true } known && known.Revision == stored.Revision };
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
        // The sweep takes payments on out of turn: over what it brought, nothing may be written that was decided before.
        if (!_known.TryGetValue(session.Id, out var known) || known.Session.Version != session.Version - 1) return false;
        TimeSpan? ttl = session.IsFinal && !session.NeedsChecking ? options.Value.EndedTtl : null;
        var urgency = session.IsOver ? SyncUrgency.Final : SyncUrgency.Normal;
        try
        {
            if (await documents.UpdateAsync(NameOf(session.Id), session, known.Revision, ttl, urgency, cancellation) is not { } stored)
            {
                _known[session.Id] = known with { IsInDoubt = true };
                return false;
            }
            _known[session.Id] = CopyOf(stored) with { Session = session };
            if (session.Agent != known.Session.Agent) await HandOverAsync(session, known.Session.Agent, cancellation);
            return true;
        }
        catch
        {
            _known[session.Id] = known with { IsInDoubt = true };
            throw;
        }
    }

    /// <summary>Every payment that Sync holds.</summary>
    public IAsyncEnumerable<Stored<PaymentSession>> ListAsync(CancellationToken cancellation) => documents.ListAsync("pay-", cancellation);

    /// <summary>Takes a payment on; false when this instance knows as much already.</summary>
    public bool Adopt(Stored<PaymentSession> stored)
    {
        var copy = CopyOf(stored);
        if (!_known.TryGetValue(stored.Data.Id, out var known)) return _known.TryAdd(stored.Data.Id, copy);
        return known.Session.Version < stored.Data.Version && _known.TryUpdate(stored.Data.Id, copy, known);
    }

    /// <summary>Lets go of payments that ended a while ago, unless <paramref name="isWatched"/>: Sync forgets them too.</summary>
    public IReadOnlyList<PaymentId> Forget(Func<PaymentId, bool> isWatched)
    {
        var old = _known.Where(k => k.Value.Session.IsOver && Since(k.Value) > options.Value.EndedTtl && !isWatched(k.Key)).Select(k => k.Key).ToList();
        foreach (var payment in old) _known.TryRemove(payment, out _);
        return old;
    }

    private async Task HandOverAsync(PaymentSession session, string before, CancellationToken cancellation)
    {
        await acl.RevokeAsync(NameOf(session.Id), before, cancellation);
        await acl.GrantAsync(NameOf(session.Id), session.Agent, cancellation);
    }

    private Task<Stored<PaymentSession>?> FetchAsync(PaymentId payment, CancellationToken cancellation) => documents.FetchAsync(NameOf(payment), cancellation);

    /// <summary>A clock that has been set back must not make what is old look new until it has caught up.</summary>
    private TimeSpan Since(Copy known) => (clock.GetUtcNow() - known.At).Duration();

    private Copy CopyOf(Stored<PaymentSession> stored) => new(stored.Data, stored.Revision, clock.GetUtcNow(), stored.Data.PendingKey);

    private sealed record Copy(PaymentSession Session, string Revision, DateTimeOffset At, string? PendingInSync, bool IsInDoubt = false);
}
