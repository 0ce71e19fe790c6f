using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

// The local copies: locks, shown records and removal from memory.
public abstract partial class RecordStore<TKey, T>
{
    // The maximum number of changes of a record that are only shown or wait until it can be read. The oldest is dropped.
    private const int MaxShown = 16;

    // The maximum number of changes of a record that wait to be stored. Further changes are refused.
    internal const int MaxUnstored = 256;

    // Expired records are removed after this many new ones, or after as many new ones as there were records at the last scan, but before
    // there are more than the capacity.
    private const int ScanInterval = 1000;

    private long _sequence;
    private int _untilScan = ScanInterval;

    /// <summary>Removes expired records from memory, and others that are not needed while there are too many.</summary>
    public void RemoveExpired()
    {
        var (count, isFull) = (_entries.Count, _entries.Count > Capacity);
        Interlocked.Exchange(ref _untilScan, Math.Clamp(count, ScanInterval, Math.Max(ScanInterval, Capacity - count)));
        foreach (var (key, entry) in _entries)
        {
            lock (entry.Lock)
            {
                if (entry.IsRemoved || entry.Users > 0 || entry.IsDirty) continue;
                var isExpired = IsExpired(key, entry.View, entry.Stored?.Expires, AgeOf(entry));
                if (!isExpired && !(isFull && MayDrop(key, entry.View))) continue;
                Show(key, entry, null);
                Remove(key, entry);
            }
        }
    }

    // Replaces the local copy unless it is newer. Returns true if the revision was new.
    private bool SetRead(TKey key, RecordEntry<T> entry, Stored<T?>? read, long mark)
    {
        if (entry.Sequence > mark || (read is not null && entry.Stored is not null && IsOlder(read.Data, entry.Stored.Data))) return false;
        if (read is not null && read.Revision == entry.Stored?.Revision)
        {
            entry.Confirm(mark, clock.GetUtcNow());
            return false;
        }
        if (read?.Data is { } data) read = read with { Data = Received(data, entry.View) };
        entry.SetStored(read, mark, clock.GetUtcNow());
        if (read is null) entry.MustRead = ReadsBeforeFirstWrite;
        Show(key, entry, ViewWithUnstored(entry));
        return read is not null;
    }

    private void SetWritten(TKey key, RecordEntry<T> entry, Stored<T?> written, Action? beforeShown = null)
    {
        entry.SetStored(written, Interlocked.Increment(ref _sequence), clock.GetUtcNow());
        try
        {
            beforeShown?.Invoke();
        }
        finally
        {
            Show(key, entry, ViewWithUnstored(entry));
        }
    }

    // Applies the unstored changes to the stored record.
    private T? ViewWithUnstored(RecordEntry<T> entry)
    {
        var (view, isDirty) = (entry.Stored?.Data, false);
        foreach (var change in entry.Unstored)
        {
            isDirty |= change.IsDue;
            var after = change.Apply(view);
            if (after is not null && !Equals(after, view)) view = Number(after, view, entry.Stored?.Data, isDirty);
        }
        return view;
    }

    private void Show(TKey key, RecordEntry<T> entry, T? view)
    {
        var before = entry.View;
        entry.View = view;
        if (Equals(before, view)) return;
        Interlocked.Increment(ref _version);
        OnChanged(key, before, view);
    }

    private void ShowOnly(TKey key, RecordEntry<T> entry, UnstoredChange<T> change, T view)
    {
        entry.Unstored.Add(change);
        if (entry.Unstored.Count(shown => !shown.IsDue) > MaxShown) entry.Unstored.Remove(entry.Unstored.First(shown => !shown.IsDue));
        Show(key, entry, view);
    }

    private async Task ReadEntryAsync(TKey key, RecordEntry<T> entry, CancellationToken cancellation)
    {
        var mark = Mark();
        var read = await FetchAsync(key, cancellation);
        lock (entry.Lock) SetRead(key, entry, read, mark);
    }

    // Runs a function under the lock of the entry. Removes the entry if it is empty afterwards.
    private TResult With<TResult>(TKey key, Func<RecordEntry<T>, TResult> use)
    {
        while (true)
        {
            var entry = _entries.GetOrAdd(key, static (_, store) => store.NewEntry(), this);
            lock (entry.Lock)
            {
                if (entry.IsRemoved) continue;
                var result = use(entry);
                if (entry.IsEmpty) Remove(key, entry);
                return result;
            }
        }
    }

    // Runs a function while no other change of the record is in progress.
    private async Task<TResult> WithWriteLockAsync<TResult>(
        TKey key, Func<RecordEntry<T>, Task<TResult>> use, CancellationToken cancellation)
    {
        var entry = With(key, entry =>
        {
            entry.Users++;
            return entry;
        });
        try
        {
            await entry.WriteLock.WaitAsync(cancellation);
            try
            {
                return await use(entry);
            }
            finally
            {
                entry.WriteLock.Release();
            }
        }
        finally
        {
            lock (entry.Lock)
            {
                entry.Users--;
                if (entry.IsEmpty) Remove(key, entry);
            }
        }
    }

    private RecordEntry<T> NewEntry()
    {
        // In the background, so that a webhook does not wait for the scan.
        if (Interlocked.Decrement(ref _untilScan) == 0) _ = Task.Run(RemoveExpired);
        return new(ReadsBeforeFirstWrite);
    }

    private void Remove(TKey key, RecordEntry<T> entry)
    {
        entry.IsRemoved = true;
        _entries.TryRemove(KeyValuePair.Create(key, entry));
    }

    private TimeSpan AgeOf(RecordEntry<T> entry) =>
        entry.Stored is null ? TimeSpan.MaxValue : (clock.GetUtcNow() - entry.StoredAt).Duration();

    private static T? ViewOf(RecordEntry<T> entry)
    {
        lock (entry.Lock) return entry.View;
    }

    private static (Stored<T?>? Stored, T? View, List<UnstoredChange<T>> Unstored) Snapshot(RecordEntry<T> entry)
    {
        lock (entry.Lock) return (entry.Stored, entry.View, [.. entry.Unstored]);
    }
}
