using AgentPay.Web.Calls;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Board;

/// <summary>
/// Combines the calls, the payments in this instance's memory, the payments of all instances as Sync listed them, and the history of the
/// day. Of two copies of a payment, the one with the higher version counts.
/// </summary>
public sealed class BoardSource(CallDirectory calls, PaymentStore payments, LiveFeed<string, BoardSnapshot> feed, TimeProvider clock)
{
    // How long an unchanged state stays valid. After it, payments may count as stalled.
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly BoardResults _results = new();
    private Dictionary<PaymentId, (PaymentSession Session, BoardPayment Shown)> _shown = [];
    private IReadOnlyCollection<PaymentSession>? _listed;
    private IReadOnlyList<BoardPayment> _checks = [];
    private (object?, object?, object?, long) _composedFrom;
    private DateTimeOffset _composedAt;
    private BoardSnapshot? _latest;

    /// <summary>The number of payments in the last list from Sync.</summary>
    public int Listed => Volatile.Read(ref _listed)?.Count ?? 0;

    /// <summary>Takes over the payments that Sync holds now.</summary>
    public void Import(IReadOnlyCollection<PaymentSession> listed)
    {
        lock (_lock) _listed = listed;
        Publish();
    }

    /// <summary>Takes over the history of the last day, and the older payments that need checking.</summary>
    public void Import(IReadOnlyList<HistoryRecord> day, IReadOnlyList<HistoryRecord> checks)
    {
        lock (_lock)
        {
            _results.Replace(day.Select(BoardResult.Of));
            _checks = [.. checks.Select(BoardPayment.Of)];
        }
        Publish();
    }

    /// <summary>Publishes a new snapshot if something has changed.</summary>
    public void Publish()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var live = calls.Snapshot;
            (object?, object?, object?, long) from = (_listed, _checks, live, payments.Version);
            if (_latest is not null && _composedFrom == from && now - _composedAt < MaxAge) return;
            (_composedFrom, _composedAt) = (from, now);
            var shown = ShownPayments();
            _results.Add(shown.Where(payment => payment.IsOver));
            var rows = BoardRow.Of(live.All, shown.Concat(_checks.ExceptBy(shown.Select(payment => payment.Id), check => check.Id)), now);
            // Until Sync has been read, nothing in memory does not mean that there is nothing.
            if (_listed is null && rows.Count == 0) return;
            if (_latest is not null && _latest.Results == _results.All && _latest.Rows.SequenceEqual(rows)) return;
            _latest = new((_latest?.Version ?? 0) + 1, rows, _results.All);
            feed.Publish(BoardSnapshot.Key, _latest);
        }
    }

    private List<BoardPayment> ShownPayments()
    {
        var newest = (_listed ?? []).ToDictionary(session => session.Id);
        foreach (var known in payments.All)
            if (!newest.TryGetValue(known.Id, out var listed) || known.Version >= listed.Version) newest[known.Id] = known;
        _shown = newest.Values.ToDictionary(session => session.Id, session => (session, ShownOf(session)));
        return [.. _shown.Values.Select(entry => entry.Shown)];
    }

    private BoardPayment ShownOf(PaymentSession session) =>
        _shown.TryGetValue(session.Id, out var entry) && ReferenceEquals(entry.Session, session) ? entry.Shown : BoardPayment.Of(session);
}
