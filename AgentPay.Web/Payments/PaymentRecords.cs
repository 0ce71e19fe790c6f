using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>
/// What others read of a payment: its item in <c>payMap</c>, at milestones, and then its record in the day's history, at its end. What could
/// not be written is owed, of each payment the newest, and tried again.
/// </summary>
public sealed class PaymentRecords(
    MapStore maps, DocumentStore<PaymentSession> documents, CallPayments calls, HistoryStore history, IOptions<SyncOptions> sync, TimeProvider clock, ILogger<PaymentRecords> log)
{
    public const string PayMap = "payMap";

    /// <summary>What more than this is owed is left to the next sweep, which finds it in the payments' documents.</summary>
    private const int Most = 10_000;

    /// <summary>So many are read one by one.</summary>
    private const int Few = 10;

    /// <summary>A write that took longer may have come after another instance's newer one.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);

    private readonly Dictionary<PaymentId, Debt> _owed = [];
    private readonly Dictionary<PaymentId, int> _recorded = [];

    /// <summary>Of the sweep alone.</summary>
    private readonly Dictionary<PaymentId, int> _verified = [];

    /// <summary>How many payments have something that is not written yet.</summary>
    public int Owed
    {
        get { lock (_owed) return _owed.Count; }
    }

    /// <summary>Owes what the way from <paramref name="before"/> to <paramref name="after"/> calls for. The task ends when it is written or has failed once; it never fails.</summary>
    public Task OweAsync(PaymentSession after, PaymentSession before) => CallsForRecords(after, before) ? OweAsync(after) : Task.CompletedTask;

    /// <summary>Owes a payment's present state, unless this instance has recorded it already.</summary>
    public Task OweAsync(PaymentSession session)
    {
        lock (_owed)
        {
            if (_recorded.GetValueOrDefault(session.Id, -1) >= session.Version) return Task.CompletedTask;
            if (!_owed.TryGetValue(session.Id, out var debt))
            {
                if (_owed.Count == Most) return Task.CompletedTask;
                _owed[session.Id] = debt = new() { Session = session, Since = clock.GetUtcNow() };
            }
            if (session.Version > debt.Session.Version) debt.Session = session;
            return debt.Paying = debt.Paying.IsCompleted ? PayAsync(debt) : debt.Paying;
        }
    }

    /// <summary>Ends when what is owed of the payment is written or has failed once; at once when nothing is.</summary>
    public Task WhenTriedAsync(PaymentId payment)
    {
        lock (_owed) return _owed.GetValueOrDefault(payment)?.Paying ?? Task.CompletedTask;
    }

    /// <summary>What is half-typed, between two milestones: worth one try.</summary>
    public Task WritePartialAsync(PaymentSid payment, PaymentSession session, CancellationToken cancellation) => maps.UpsertAsync(
        PayMap, payment.ToString(), PayMapItem.Of(session, clock.GetUtcNow()), sync.Value.ItemTtl, expectNew: false, SyncUrgency.Normal, cancellation);

    /// <summary>Tries again what has failed. Ends when each has been tried once.</summary>
    public Task RetryAsync()
    {
        lock (_owed) return Task.WhenAll(_owed.Values.Select(debt => debt.Paying = debt.Paying.IsCompleted ? PayAsync(debt) : debt.Paying).ToList());
    }

    /// <summary>
    /// Makes sure of the ends of payments, once each: an instance may have died before it recorded one, or after it had written an older milestone
    /// over the end that another has recorded. History is written last, so it stands for what was written; <c>payMap</c> tells what came over it.
    /// </summary>
    /// <param name="ended">So long ago that whatever was on its way has arrived.</param>
    public async Task VerifyAsync(IEnumerable<PaymentSession> ended, CancellationToken cancellation)
    {
        var unverified = ended.Where(session => _verified.GetValueOrDefault(session.Id, -1) < session.Version).ToList();
        if (unverified.Count == 0) return;
        var wrong = await OverwrittenAsync(unverified, cancellation);
        foreach (var day in unverified.GroupBy(HistoryRecord.MapOf)) wrong.UnionWith(await UnrecordedAsync(day.Key, [.. day], cancellation));
        foreach (var session in unverified) _verified[session.Id] = session.Version;
        await Task.WhenAll(unverified.Where(session => wrong.Contains(session.Id)).Select(OweAgainAsync));
    }

    /// <summary>Keeps in mind only what Sync still holds.</summary>
    public void ForgetAllBut(IReadOnlySet<PaymentId> payments)
    {
        lock (_owed)
        {
            foreach (var gone in _recorded.Keys.Where(id => !payments.Contains(id)).ToList()) _recorded.Remove(gone);
        }
        foreach (var gone in _verified.Keys.Where(id => !payments.Contains(id)).ToList()) _verified.Remove(gone);
    }

    private static bool CallsForRecords(PaymentSession after, PaymentSession before) =>
        after.IsOver
        || (after.Payment is not null && before.Payment is null)
        || (after.Phase == PaymentPhase.Ready && before.Phase != PaymentPhase.Ready)
        || after.Rows.Zip(before.Rows).Any(row => row.First.Progress != row.Second.Progress && row.First.Progress is FieldProgress.Captured or FieldProgress.Rejected or FieldProgress.TimedOut);

    private Task OweAgainAsync(PaymentSession session)
    {
        lock (_owed) _recorded.Remove(session.Id);
        return OweAsync(session);
    }

    /// <summary>Those that <c>payMap</c> shows to be somewhere else than they are. A client may have removed an item: that is no mistake.</summary>
    private async Task<HashSet<PaymentId>> OverwrittenAsync(List<PaymentSession> sessions, CancellationToken cancellation)
    {
        var shown = new Dictionary<string, PaymentPhase>();
        if (sessions.Count > Few)
            await foreach (var item in maps.ListAsync<PayMapItem>(PayMap, cancellation)) shown[item.Key] = item.Data.Status;
        else
            foreach (var payment in sessions.Select(s => s.Payment).OfType<PaymentSid>())
                if (await maps.FetchAsync<PayMapItem>(PayMap, payment.ToString(), cancellation) is { } item) shown[item.Key] = item.Data.Status;
        return [.. sessions.Where(s => s.Payment is { } payment && shown.TryGetValue(payment.ToString(), out var phase) && phase != s.Phase).Select(s => s.Id)];
    }

    /// <summary>
    /// Those of which a day's history does not say how they ended. Few are looked up one by one; many, as a new instance finds them, in pages from
    /// the oldest on, as ids sort by time: all instances together have 20 reads a second. An outcome that is not known stays for hours, far from the others.
    /// </summary>
    private async Task<IEnumerable<PaymentId>> UnrecordedAsync(string map, List<PaymentSession> sessions, CancellationToken cancellation)
    {
        var results = new Dictionary<PaymentId, (string, PaymentClosing?)>();
        var isMany = sessions.Count > Few;
        foreach (var single in sessions.Where(s => !isMany || !s.IsFinal))
            if (await maps.FetchAsync<HistoryRecord>(map, single.Id.ToString(), cancellation) is { } record) results[single.Id] = (record.Data.Result, record.Data.Closing);
        if (isMany && sessions.Where(s => s.IsFinal).Select(s => s.Id.ToString()).Min(StringComparer.Ordinal) is { } oldest)
            await foreach (var record in maps.ListAsync<HistoryRecord>(map, oldest, cancellation)) results[record.Data.Id] = (record.Data.Result, record.Data.Closing);
        return sessions.Where(s => results.GetValueOrDefault(s.Id) != (HistoryRecord.Of(s).Result, s.Closing)).Select(s => s.Id);
    }

    private async Task PayAsync(Debt debt)
    {
        // The caller holds the lock.
        await Task.Yield();
        try
        {
            PaymentSession session;
            do
            {
                if (IsLate(debt)) await CatchUpAsync(debt);
                session = debt.Session;
                await WriteAsync(session);
                if (IsLate(debt)) await CatchUpAsync(debt);
            }
            while (!Settle(debt, session));
        }
        catch (Exception down) when (SyncProblem.IsUnavailable(down))
        {
            log.NotWritten(debt.Session.Id, "payMap or history", down.Message);
        }
    }

    private async Task WriteAsync(PaymentSession session)
    {
        var urgency = session.IsOver ? SyncUrgency.Final : SyncUrgency.Normal;
        if (session.Payment is { } payment)
        {
            var ttl = session.IsFinal ? sync.Value.EndedTtl : sync.Value.ItemTtl;
            await maps.UpsertAsync(PayMap, payment.ToString(), PayMapItem.Of(session, clock.GetUtcNow()), ttl, IsFirst(session), urgency, CancellationToken.None);
        }
        if (session.IsFinal) await calls.EndAsync(session, CancellationToken.None);
        if (session.IsOver) await history.WriteAsync(HistoryRecord.Of(session), urgency, CancellationToken.None);
    }

    /// <summary>Whether the item is probably not there yet.</summary>
    private bool IsFirst(PaymentSession session)
    {
        lock (_owed) return !_recorded.ContainsKey(session.Id);
    }

    private bool IsLate(Debt debt) => clock.GetUtcNow() - debt.Since >= Quick;

    private async Task CatchUpAsync(Debt debt)
    {
        var now = await documents.FetchAsync(PaymentStore.NameOf(debt.Session.Id), CancellationToken.None);
        lock (_owed)
        {
            if (now?.Data.Version > debt.Session.Version) debt.Session = now.Data;
        }
    }

    /// <summary>False when something newer is owed meanwhile.</summary>
    private bool Settle(Debt debt, PaymentSession written)
    {
        lock (_owed)
        {
            if (debt.Session.Version > written.Version) return false;
            _recorded[written.Id] = written.Version;
            _owed.Remove(written.Id);
            return true;
        }
    }

    private sealed class Debt
    {
        public required PaymentSession Session { get; set; }

        public required DateTimeOffset Since { get; init; }

        public Task Paying { get; set; } = Task.CompletedTask;
    }
}
