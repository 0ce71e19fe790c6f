using System.Collections.Concurrent;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>
/// Records of one kind in Sync and this instance's copy of them. A change is a pure function; those of one record are applied in turn,
/// written
/// under <c>If-Match</c>, applied again when another instance was first, and published once.
/// </summary>
/// <remarks>
/// Two write policies. Write first (<see cref="ChangeAsync"/>): nothing is shown, and nothing follows from the change, before Sync holds
/// it.
/// Answer first (<see cref="Accept"/>): the change is shown at once, kept, and stored as soon as Sync takes it.
/// What <see cref="MustBeStored"/> leaves out, such as half-typed digits, is shown here and written with the next change.
/// Methods that reach Sync throw <see cref="TwilioException"/> and <see cref="SyncNotReadyException"/>.
/// </remarks>
public abstract partial class RecordStore<TKey, T>(Outbox outbox, TimeProvider clock)
    where TKey : notnull
    where T : class
{
    /// <summary>Other instances being first this often in a row is an error.</summary>
    private const int MaxRounds = 16;

    /// <summary>Changes of a record that are only shown, or that wait for it to be read; the oldest is dropped.</summary>
    private const int MaxShown = 16;

    /// <summary>Expired records are removed after so many new ones, or twice as many as there were.</summary>
    private const int ScanInterval = 1000;

    private readonly ConcurrentDictionary<TKey, RecordEntry<T>> _entries = new();
    private long _learnt;
    private long _version;
    private int _untilScan = ScanInterval;

    protected TimeProvider Clock => clock;

    /// <summary>Grows with every change that is shown.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>All records that this instance knows, with what is unstored.</summary>
    public IEnumerable<T> All => _entries.Select(entry => ViewOf(entry.Value)).OfType<T>();

    /// <summary>Names the record in the outbox and in the log.</summary>
    protected abstract OutboxKey OutboxKeyOf(TKey key);

    /// <summary>For the log, such as <c>call CA…</c>.</summary>
    protected abstract string LogNameOf(TKey key, T? view);

    /// <summary>How long a change is kept that Sync does not take.</summary>
    protected abstract TimeSpan Lifetime { get; }

    /// <summary>Whether a record must be there to be changed.</summary>
    protected abstract bool ReadsBeforeFirstWrite { get; }

    /// <summary>Null when there is no such record.</summary>
    protected abstract Task<Stored<T?>?> FetchAsync(TKey key, CancellationToken cancellation);

    /// <summary>
    /// Writes over what Sync held last, or creates the record; null when it has another revision, is there already, or is gone.
    /// </summary>
    protected abstract Task<Stored<T?>?> WriteAsync(TKey key, T next, Stored<T?>? over, CancellationToken cancellation);

    /// <summary>Called under the record's lock with each change that is shown: it must return at once.</summary>
    protected abstract void OnChanged(TKey key, T? before, T? after);

    /// <summary>Whether the record can be dropped from memory.</summary>
    /// <param name="age">Since it was read or written.</param>
    protected abstract bool IsExpired(TKey key, T? view, DateTimeOffset? expires, TimeSpan age);

    /// <summary>
    /// Called under the record's lock once Sync holds a change, and before the change is shown. What follows from it is queued here, so
    /// that
    /// whoever sees the change can wait for that.
    /// </summary>
    protected virtual void OnStored(T? before, T after)
    {
    }

    /// <summary>False for what is only shown here.</summary>
    protected virtual bool MustBeStored(T before, T after) => true;

    /// <summary>Whether a record that was read is older than the one that is known.</summary>
    protected virtual bool IsOlder(T? read, T? known) => false;

    /// <summary>Numbers a record for those who compare two of them.</summary>
    /// <param name="isDirty">Whether it differs from the stored one by more than what is only shown.</param>
    protected virtual T Number(T after, T? before, T? stored, bool isDirty) => after;

    /// <summary>Numbers a record that was read, for those who compare it with the one that is shown.</summary>
    protected virtual T Received(T read, T? known) => read;

    /// <summary>The record as this instance knows it, with what is unstored; null when it does not know it.</summary>
    public T? Known(TKey key) => _entries.TryGetValue(key, out var entry) ? ViewOf(entry) : null;

    /// <summary>The record as Sync had it last; null when this instance does not know it.</summary>
    public T? Stored(TKey key)
    {
        if (!_entries.TryGetValue(key, out var entry)) return null;
        lock (entry.Lock) return entry.Stored?.Data;
    }

    /// <summary>Whether changes wait to be stored.</summary>
    public bool IsDirty(TKey key)
    {
        if (!_entries.TryGetValue(key, out var entry)) return false;
        lock (entry.Lock) return entry.IsDirty;
    }

    /// <summary>How long ago the record was read or written here. A clock that is set back does not make an old copy look new.</summary>
    public TimeSpan Age(TKey key)
    {
        if (!_entries.TryGetValue(key, out var entry)) return TimeSpan.MaxValue;
        lock (entry.Lock) return AgeOf(entry);
    }

    /// <summary>The known record, or the one in Sync; null when there is none.</summary>
    public async Task<T?> LoadAsync(TKey key, CancellationToken cancellation)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            lock (entry.Lock)
                if (!entry.MustRead && entry.View is { } view) return view;
        }
        return await ReadAsync(key, cancellation);
    }

    /// <summary>Reads the record from Sync; null when there is none. A change that is under way is not waited for.</summary>
    public async Task<T?> ReadAsync(TKey key, CancellationToken cancellation)
    {
        var mark = Mark();
        var read = await FetchAsync(key, cancellation);
        return With(key, entry =>
        {
            TakeRead(key, entry, read, mark);
            return entry.View;
        });
    }

    /// <summary>As <see cref="ReadAsync"/>, once the changes that are under way have been stored or have failed.</summary>
    public Task<T?> ReadInTurnAsync(TKey key, CancellationToken cancellation) => InTurnAsync(key, async entry =>
    {
        await ReadEntryAsync(key, entry, cancellation);
        return ViewOf(entry);
    }, cancellation);

    /// <summary>Drops what has expired from memory.</summary>
    public void RemoveExpired()
    {
        Interlocked.Exchange(ref _untilScan, Math.Max(ScanInterval, _entries.Count));
        foreach (var (key, entry) in _entries)
        {
            lock (entry.Lock)
            {
                if (entry.IsRemoved || entry.Users > 0 || entry.IsDirty) continue;
                if (!IsExpired(key, entry.View, entry.Stored?.Expires, AgeOf(entry))) continue;
                Show(key, entry, null);
                Remove(key, entry);
            }
        }
    }

    /// <summary>A mark to be taken before something is read: what was written, or requested, after it is newer than what is read.</summary>
    public long Mark() => Interlocked.Increment(ref _learnt);

    /// <summary>Takes over a record of a list.</summary>
    /// <returns>Whether it was new to this instance.</returns>
    public bool Import(TKey key, Stored<T?>? read, long mark) => With(key, entry => TakeRead(key, entry, read, mark));

    /// <summary>Takes over all records of a list; what is not in it does not exist.</summary>
    protected void ImportAll(IReadOnlyList<(TKey Key, Stored<T?> Read)> list, long mark)
    {
        var gone = _entries.Keys.Except(list.Select(item => item.Key)).ToList();
        foreach (var (key, read) in list) Import(key, read, mark);
        foreach (var key in gone) Import(key, null, mark);
    }

    /// <returns>Whether something new was read.</returns>
    private bool TakeRead(TKey key, RecordEntry<T> entry, Stored<T?>? read, long mark)
    {
        if (entry.Learnt > mark || (read is not null && entry.Stored is not null && IsOlder(read.Data, entry.Stored.Data))) return false;
        if (read is not null && read.Revision == entry.Stored?.Revision)
        {
            entry.Confirm(mark, clock.GetUtcNow());
            return false;
        }
        if (read?.Data is { } data) read = read with { Data = Received(data, entry.View) };
        entry.Learn(read, mark, clock.GetUtcNow());
        if (read is null) entry.MustRead = ReadsBeforeFirstWrite;
        Show(key, entry, Fold(entry));
        return read is not null;
    }

    private void TakeWritten(TKey key, RecordEntry<T> entry, Stored<T?> written, Action? beforeShown = null)
    {
        entry.Learn(written, Interlocked.Increment(ref _learnt), clock.GetUtcNow());
        try
        {
            beforeShown?.Invoke();
        }
        finally
        {
            Show(key, entry, Fold(entry));
        }
    }

    /// <summary>Applies what is unstored to what Sync holds.</summary>
    private T? Fold(RecordEntry<T> entry)
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

    /// <summary>Uses the entry under its lock; an entry that is left empty is dropped.</summary>
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

    private RecordEntry<T> NewEntry()
    {
        // In the background: a webhook must not pay for the scan.
        if (Interlocked.Decrement(ref _untilScan) == 0) _ = Task.Run(RemoveExpired);
        return new(ReadsBeforeFirstWrite);
    }

    private void Remove(TKey key, RecordEntry<T> entry)
    {
        entry.IsRemoved = true;
        _entries.TryRemove(KeyValuePair.Create(key, entry));
    }

    private TimeSpan AgeOf(RecordEntry<T> entry) =>
        entry.Stored is null ? TimeSpan.MaxValue : (clock.GetUtcNow() - entry.LearntAt).Duration();

    private static T? ViewOf(RecordEntry<T> entry)
    {
        lock (entry.Lock) return entry.View;
    }
}
