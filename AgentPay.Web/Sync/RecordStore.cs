using System.Collections.Concurrent;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>
/// Stores records of one type in Sync and caches them in memory. A change is a pure function. Changes of one record run one after
/// another. Each is written with <c>If-Match</c>, applied again after a conflict, and published once.
/// </summary>
/// <remarks>
/// There are two write policies. Write first (<see cref="ChangeAsync"/>): a change is shown, and its work is queued, only after Sync has
/// stored it. Answer first (<see cref="Accept"/>): a change is shown at once and stored in the background, with retries.
/// Changes that <see cref="MustBeStored"/> excludes, such as half-typed digits, are shown on this instance and written with the next
/// change. Methods that send requests to Sync throw <see cref="ServiceUnavailableException"/>.
/// </remarks>
public abstract partial class RecordStore<TKey, T>(Outbox outbox, TimeProvider clock)
    where TKey : notnull
    where T : class
{
    private readonly ConcurrentDictionary<TKey, RecordEntry<T>> _entries = new();
    private long _version;

    protected TimeProvider Clock => clock;

    /// <summary>Increases with each change that is shown.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>The number of records in memory.</summary>
    public int Count => _entries.Count;

    /// <summary>All records in memory, with their unstored changes.</summary>
    public IEnumerable<T> All => _entries.Select(entry => ViewOf(entry.Value)).OfType<T>();

    /// <summary>Returns the key of the record in the outbox.</summary>
    protected abstract OutboxKey OutboxKeyOf(TKey key);

    /// <summary>Returns the name of the record for the log, such as <c>call CA…</c>.</summary>
    protected abstract string LogNameOf(TKey key, T? view);

    /// <summary>How long storing a change is retried.</summary>
    protected abstract TimeSpan Lifetime { get; }

    /// <summary>Changes are refused when the outbox has this number of entries.</summary>
    protected virtual int MaxQueued => Outbox.Capacity;

    /// <summary>True when a record must be read before its first write.</summary>
    protected abstract bool ReadsBeforeFirstWrite { get; }

    /// <summary>Reads the record from Sync; null when it does not exist.</summary>
    protected abstract Task<Stored<T?>?> FetchAsync(TKey key, CancellationToken cancellation);

    /// <summary>
    /// Replaces the given revision, or creates the record. Returns null on a conflict: another revision, a record that exists already, or
    /// one that was deleted.
    /// </summary>
    protected abstract Task<Stored<T?>?> WriteAsync(TKey key, T next, Stored<T?>? over, CancellationToken cancellation);

    /// <summary>Called under the record's lock for each change that is shown, so it must not block.</summary>
    protected abstract void OnChanged(TKey key, T? before, T? after);

    /// <summary>Returns whether the record can be removed from memory.</summary>
    /// <param name="age">The time since it was last read or written.</param>
    protected abstract bool IsExpired(TKey key, T? view, DateTimeOffset? expires, TimeSpan age);

    /// <summary>Returns whether the record can be removed from memory before it expires, while there are more than the capacity.</summary>
    protected abstract bool MayDrop(TKey key, T? view);

    /// <summary>The number of records in memory above which those that <see cref="MayDrop"/> allows are removed.</summary>
    protected virtual int Capacity => 50_000;

    /// <summary>
    /// Called under the record's lock after Sync has stored a change and before the change is shown. Queues the work that the change
    /// requires. So a reader of the change can wait for that work.
    /// </summary>
    protected virtual void OnStored(T? before, T after)
    {
    }

    /// <summary>Returns false for a change that is only shown on this instance.</summary>
    protected virtual bool MustBeStored(T before, T after) => true;

    /// <summary>Returns whether a record that was read is older than the local copy.</summary>
    protected virtual bool IsOlder(T? read, T? known) => false;

    /// <summary>Sets the version numbers of a changed record.</summary>
    /// <param name="isDirty">True when the record has changes that must be stored.</param>
    protected virtual T Number(T after, T? before, T? stored, bool isDirty) => after;

    /// <summary>Sets the version numbers of a record that was read.</summary>
    protected virtual T Received(T read, T? known) => read;

    /// <summary>Returns the record in memory with its unstored changes; null when there is none.</summary>
    public T? Known(TKey key) => _entries.TryGetValue(key, out var entry) ? ViewOf(entry) : null;

    /// <summary>Returns the record in memory without its unstored changes; null when there is none.</summary>
    public T? Stored(TKey key)
    {
        if (!_entries.TryGetValue(key, out var entry)) return null;
        lock (entry.Lock) return entry.Stored?.Data;
    }

    /// <summary>Returns whether the record has changes that must still be stored.</summary>
    public bool IsDirty(TKey key)
    {
        if (!_entries.TryGetValue(key, out var entry)) return false;
        lock (entry.Lock) return entry.IsDirty;
    }

    /// <summary>
    /// Returns the time since the record was last read or written here. Setting the clock back does not make an old copy look new.
    /// </summary>
    public TimeSpan Age(TKey key)
    {
        if (!_entries.TryGetValue(key, out var entry)) return TimeSpan.MaxValue;
        lock (entry.Lock) return AgeOf(entry);
    }

    /// <summary>Returns the record from memory, or else from Sync; null when it does not exist.</summary>
    public async Task<T?> LoadAsync(TKey key, CancellationToken cancellation)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            lock (entry.Lock)
                if (!entry.MustRead && entry.View is { } view) return view;
        }
        return await ReadAsync(key, cancellation);
    }

    /// <summary>
    /// Reads the record from Sync and adds its unstored changes. Null when it does not exist. Does not wait for changes in progress.
    /// </summary>
    public async Task<T?> ReadAsync(TKey key, CancellationToken cancellation)
    {
        var mark = Mark();
        var read = await FetchAsync(key, cancellation);
        return With(key, entry =>
        {
            SetRead(key, entry, read, mark);
            return entry.View;
        });
    }

    /// <summary>Waits for the changes in progress and reads the record as <see cref="ReadAsync"/> does.</summary>
    public Task<T?> ReadInTurnAsync(TKey key, CancellationToken cancellation) => WithWriteLockAsync(key, async entry =>
    {
        await ReadEntryAsync(key, entry, cancellation);
        return ViewOf(entry);
    }, cancellation);

    /// <summary>
    /// Returns a sequence number to take before a read. Writes that end later and reads that start later are newer than that read.
    /// </summary>
    public long Mark() => Interlocked.Increment(ref _sequence);

    /// <summary>Replaces the local copy with a record from a list, unless the copy is newer.</summary>
    /// <returns>True if the revision was new to this instance.</returns>
    public bool Import(TKey key, Stored<T?>? read, long mark) => With(key, entry => SetRead(key, entry, read, mark));

    /// <summary>Replaces the local copies with the records of a complete list. Records that are not in the list no longer exist.</summary>
    protected void ImportAll(IReadOnlyList<(TKey Key, Stored<T?> Read)> list, long mark)
    {
        var gone = _entries.Keys.Except(list.Select(item => item.Key)).ToList();
        foreach (var (key, read) in list) Import(key, read, mark);
        foreach (var key in gone) Import(key, null, mark);
    }
}
