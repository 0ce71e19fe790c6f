using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Payments;

/// <summary>
/// Looks through all payments for those whose instance has died: imports what is in flight, and completes the records of what is over.
/// </summary>
public sealed class PaymentSweep(PaymentStore store, PaymentRecords records, RecordingPauses recordings, MapStore maps, TimeProvider clock, ILogger<PaymentSweep> log)
{
    /// <summary>How long a payment is not written before other instances import it; and how often they look.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>So many are read one by one.</summary>
    private const int Few = 10;

    private readonly Dictionary<PaymentId, int> _verified = [];
    private DateTimeOffset _sweptAt;

    /// <summary>Sweeps when it is time to.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        // Either way: clocks are set back, too.
        if ((now - _sweptAt).Duration() < Interval) return;
        store.RemoveExpired();
        var mark = store.Mark();
        var found = await store.ListAsync(cancellation).ToListAsync(cancellation);
        var left = found.Where(s => s.Updated < now - Interval).ToList();
        // Callers wait for what a dead instance has left in flight; the records can wait.
        var imported = Import(left, mark);
        foreach (var session in imported) records.Enqueue(session);
        await Task.WhenAll(imported.Select(session => records.WhenTriedAsync(session.Id)));
        _sweptAt = now;
        foreach (var session in left.Select(s => s.Data).Where(s => s.MustResumeRecording)) recordings.EnqueueResume(session);
        await VerifyAsync([.. left.Select(s => s.Data).Where(s => s.IsOver)], cancellation);
        ForgetAllBut(found.Select(s => s.Data.Id).ToHashSet());
    }

    private List<PaymentSession> Import(IEnumerable<Stored<PaymentSession>> left, long mark)
    {
        var imported = left.Where(s => !s.Data.IsOver && store.Import(s, mark)).Select(s => s.Data).ToList();
        foreach (var session in imported) log.Imported(session.Id);
        return imported;
    }

    /// <summary>
    /// Makes sure of the ends of payments, once each: an instance may have died before it recorded one, or after it had written an
    /// older milestone over the end that another has recorded. History is written last, so it stands for what was written;
    /// <c>payMap</c> tells what came over it.
    /// </summary>
    private async Task VerifyAsync(IReadOnlyList<PaymentSession> ended, CancellationToken cancellation)
    {
        var unverified = ended.Where(session => _verified.GetValueOrDefault(session.Id, -1) < session.Version).ToList();
        if (unverified.Count == 0) return;
        var wrong = await OverwrittenAsync(unverified, cancellation);
        foreach (var day in unverified.GroupBy(HistoryRecord.MapOf))
            wrong.UnionWith(await UnrecordedAsync(day.Key, [.. day], cancellation));
        foreach (var session in unverified) _verified[session.Id] = session.Version;
        foreach (var session in unverified.Where(session => wrong.Contains(session.Id))) records.EnqueueAgain(session);
        await Task.WhenAll(wrong.Select(records.WhenTriedAsync));
    }

    /// <summary>Those that <c>payMap</c> shows in another phase. A client may have removed an item: that is no mistake.</summary>
    private async Task<HashSet<PaymentId>> OverwrittenAsync(List<PaymentSession> sessions, CancellationToken cancellation)
    {
        var shown = new Dictionary<string, PaymentPhase>();
        const string map = PaymentRecords.PayMap;
        if (sessions.Count > Few)
            await foreach (var item in maps.ListAsync<PayMapItem>(map, cancellation)) shown[item.Key] = item.Data.Status;
        else
            foreach (var payment in sessions.Select(s => s.Payment).OfType<PaymentSid>())
                if (await maps.FetchAsync<PayMapItem>(map, payment.ToString(), cancellation) is { } item)
                    shown[item.Key] = item.Data.Status;
        return [.. sessions.Where(IsOverwritten).Select(s => s.Id)];

        bool IsOverwritten(PaymentSession session) =>
            session.Payment is { } sid && shown.TryGetValue(sid.ToString(), out var phase) && phase != session.Phase;
    }

    /// <summary>
    /// Those of which a day's history does not say how they ended. Few are looked up one by one; many, as a new instance finds them, in
    /// pages from the oldest on, as ids sort by time: all instances together have 20 reads a second. An outcome that is not known stays
    /// for hours, far from the others.
    /// </summary>
    private async Task<IEnumerable<PaymentId>> UnrecordedAsync(string map, List<PaymentSession> sessions, CancellationToken cancellation)
    {
        var results = new Dictionary<PaymentId, (string, PaymentClosing?)>();
        var isMany = sessions.Count > Few;
        foreach (var single in sessions.Where(s => !isMany || !s.IsFinal))
            if (await maps.FetchAsync<HistoryRecord>(map, single.Id.ToString(), cancellation) is { Data: var record })
                results[single.Id] = (record.Result, record.Closing);
        if (isMany && sessions.Where(s => s.IsFinal).Select(s => s.Id.ToString()).Min(StringComparer.Ordinal) is { } oldest)
            await foreach (var item in maps.ListAsync<HistoryRecord>(map, oldest, cancellation))
                results[item.Data.Id] = (item.Data.Result, item.Data.Closing);
        return sessions.Where(s => results.GetValueOrDefault(s.Id) != (HistoryRecord.Of(s).Result, s.Closing)).Select(s => s.Id);
    }

    private void ForgetAllBut(HashSet<PaymentId> payments)
    {
        records.ForgetAllBut(payments);
        foreach (var gone in _verified.Keys.Where(id => !payments.Contains(id)).ToList()) _verified.Remove(gone);
    }
}
