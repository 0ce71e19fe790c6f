using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>
/// What this instance knows of calls: what it has read from Sync or written to it, and over that the changes that are still to be stored.
/// Each change of the whole is a snapshot in the feed.
/// </summary>
internal sealed class CallCache(LiveFeed<string, CallList> feed, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CachedCall> _entries = new(StringComparer.Ordinal);
    private long _learnt;
    private long _version;

    /// <summary>A mark in time, to be taken before Sync is read: what has been learnt since is newer than what is read.</summary>
    public long Mark()
    {
        lock (_lock) return _learnt;
    }

    /// <summary>The item as Sync had it last; null when it was not there, or was never read. Its data are null when they are not a call's.</summary>
    public Stored<Call?>? Known(string uui)
    {
        lock (_lock) return _entries.GetValueOrDefault(uui)?.Known;
    }

    /// <summary>The call with all that is still to be stored, and when it was compared with Sync last.</summary>
    public (Call? Call, DateTimeOffset ReadAt) View(string uui)
    {
        lock (_lock) return _entries.TryGetValue(uui, out var entry) ? (entry.View, entry.ReadAt) : (null, default);
    }

    /// <summary>The call that one of its legs belongs to, one that lives before one that has ended.</summary>
    public Call? ByLeg(CallSid leg)
    {
        lock (_lock) return _entries.Values.Select(e => e.View).Where(c => c?.HasLeg(leg) == true).MinBy(c => c!.HasEnded);
    }

    public IReadOnlyList<LateRecord> Pending(string uui)
    {
        lock (_lock) return _entries.TryGetValue(uui, out var entry) ? [.. entry.Pending] : [];
    }

    /// <summary>Adds a change that is to be stored, unless it says nothing new.</summary>
    /// <returns>The change to wait for, null when all is stored already; and whether nothing else was waiting.</returns>
    public (LateRecord? Record, bool IsFirst) Add(string uui, CallChange change)
    {
        lock (_lock)
        {
            var entry = EntryOf(uui);
            if (change(entry.View) == entry.View) return (entry.Pending.LastOrDefault(), false);
            var record = new LateRecord(change, clock.GetUtcNow());
            entry.Pending.Add(record);
            Show(entry);
            return (record, entry.Pending.Count == 1);
        }
    }

    /// <summary>Lets go of changes that have been stored, or given up, and returns those that have come since.</summary>
    public IReadOnlyList<LateRecord> Settle(string uui, IReadOnlyList<LateRecord> settled)
    {
        lock (_lock)
        {
            var entry = EntryOf(uui);
            entry.Pending.RemoveAll(settled.Contains);
            Show(entry);
            return [.. entry.Pending];
        }
    }

    /// <summary>Takes over what was written, or null for what is not there.</summary>
    public void Learn(string uui, Stored<Call?>? stored)
    {
        lock (_lock)
        {
            Learn(EntryOf(uui), stored);
            Publish();
        }
    }

    /// <summary>Takes over what was read, unless more has been learnt since it was asked for.</summary>
    public void Learn(string uui, Stored<Call?>? read, long mark)
    {
        lock (_lock)
        {
            var entry = EntryOf(uui);
            if (entry.Learnt <= mark) Learn(entry, read);
            Publish();
        }
    }

    /// <summary>Takes over the whole map: what is not in it is there no more.</summary>
    public CallList LearnAll(IReadOnlyList<Stored<Call?>> items, long mark)
    {
        lock (_lock)
        {
            var gone = _entries.Where(e => e.Value.Learnt <= mark).ToDictionary();
            foreach (var item in items)
            {
                var entry = EntryOf(item.Key);
                if (entry.Learnt <= mark) Learn(entry, item);
                gone.Remove(item.Key);
            }
            foreach (var entry in gone.Values) Learn(entry, null);
            return Publish();
        }
    }

    private void Learn(CachedCall entry, Stored<Call?>? stored)
    {
        entry.Known = stored;
        entry.Learnt = ++_learnt;
        entry.ReadAt = clock.GetUtcNow();
        entry.Refresh();
    }

    private void Show(CachedCall entry)
    {
        entry.Refresh();
        Publish();
    }

    private CallList Publish()
    {
        var now = clock.GetUtcNow();
        foreach (var (uui, _) in _entries.Where(e => e.Value.IsOver(now)).ToList()) _entries.Remove(uui);
        var calls = _entries.Values.Select(e => e.View).OfType<Call>().OrderByDescending(c => c.At).ThenBy(c => c.Uui, StringComparer.Ordinal).ToList();
        if (feed.Latest(CallDirectory.ListKey) is { } latest && latest.All.SequenceEqual(calls)) return latest;
        var list = new CallList(++_version, calls);
        feed.Publish(CallDirectory.ListKey, list);
        return list;
    }

    private CachedCall EntryOf(string uui) => _entries.TryGetValue(uui, out var entry) ? entry : _entries[uui] = new();
}
