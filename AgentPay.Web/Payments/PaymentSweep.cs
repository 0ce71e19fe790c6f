using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Payments;

/// <summary>
/// Searches all payments for those whose instance has stopped. Imports payments that are still running, and completes the records of
/// payments that are over.
/// </summary>
public sealed class PaymentSweep(
    PaymentStore store,
    PaymentRecords records,
    RecordingPauses recordings,
    RecorderEvents recorder,
    MapStore maps,
    TimeProvider clock,
    ILogger<PaymentSweep> log)
{
    /// <summary>The time between two sweeps, and the time without a write after which a payment is imported.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Up to this number, items are read one by one instead of in pages.</summary>
    private const int MaxSingleReads = 10;

    private readonly Dictionary<PaymentId, int> _verified = [];
    private DateTimeOffset _sweptAt;

    /// <summary>Sweeps if <see cref="Interval"/> has passed since the last sweep.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        // A clock can also be set back, so the difference counts in both directions.
        if ((now - _sweptAt).Duration() < Interval) return;
        store.RemoveExpired();
        var mark = store.Mark();
        var found = await store.ListAsync(cancellation).ToListAsync(cancellation);
        var left = found.Where(s => s.Updated < now - Interval).ToList();
        // Callers wait for running payments, so these are imported before the records are completed.
        var imported = Import(left, mark);
        foreach (var session in imported) records.Enqueue(session);
        await Task.WhenAll(imported.Select(session => records.WhenTriedAsync(session.Id)));
        _sweptAt = now;
        foreach (var session in left.Select(s => s.Data).Where(s => s.MustResumeRecording)) recordings.EnqueueResume(session);
        foreach (var session in left) recorder.Enqueue(session.Data);
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
    /// Verifies the records of each ended payment once. An instance may have stopped before it wrote them. It may also have replaced the
    /// final <c>payMap</c> item of another instance with an older state. The history record is written last, so its presence shows that
    /// all records were written.
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

    /// <summary>
    /// Returns the payments that <c>payMap</c> shows in another phase. A missing item is ignored, because clients may remove items.
    /// </summary>
    private async Task<HashSet<PaymentId>> OverwrittenAsync(List<PaymentSession> sessions, CancellationToken cancellation)
    {
        var shown = new Dictionary<string, PaymentPhase>();
        const string map = PaymentRecords.PayMap;
        if (sessions.Count > MaxSingleReads)
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
    /// Returns the payments whose history record is missing or differs. A new instance finds many payments. It reads them in pages from
    /// the oldest on, because ids sort by time and all instances share 20 reads a second. Payments with an unknown outcome are read one by
    /// one: they are hours older, and would add many pages.
    /// </summary>
    private async Task<IEnumerable<PaymentId>> UnrecordedAsync(string map, List<PaymentSession> sessions, CancellationToken cancellation)
    {
        var results = new Dictionary<PaymentId, (string, PaymentClosing?)>();
        var isMany = sessions.Count > MaxSingleReads;
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
