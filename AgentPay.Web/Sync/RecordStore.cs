using System.Collections.Concurrent;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>
/// Records of one kind in Sync, and this instance's copy of them. A change is a pure function. Changes of one record run one after
/// another. Each is written under <c>If-Match</c>, applied again when another instance was first, and published once.
/// </summary>
/// <remarks>
/// Two write policies. Write first (<see cref="ChangeAsync"/>): a change is shown, and has consequences, only after Sync holds it.
/// Answer first (<see cref="Accept"/>): a change is shown at once, kept, and stored as soon as Sync takes it.
/// What <see cref="MustBeStored"/> excludes, such as half-typed digits, is shown here and written with the next change.
/// Methods that reach Sync throw <see cref="ServiceUnavailableException"/>.
/// </remarks>
public abstract partial class RecordStore<TKey, T>(Outbox outbox, TimeProvider clock)
    where TKey : notnull
    where T : class
{
    private readonly ConcurrentDictionary<TKey, RecordEntry<T>> _entries = new();
    private long _version;

    protected TimeProvider Clock => clock;

    /// <summary>Grows with every change that is shown.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>All records that this instance knows, with their unstored changes.</summary>
    public IEnumerable<T> All => _entries.Select(entry => ViewOf(entry.Value)).OfType<T>();

    /// <summary>Names the record in the outbox and in the log.</summary>
    protected abstract OutboxKey OutboxKeyOf(TKey key);

    /// <summary>For the log, such as <c>call CA…</c>.</summary>
    protected abstract string LogNameOf(TKey key, T? view);

    /// <summary>How long a change is kept that Sync does not take.</summary>
    protected abstract TimeSpan Lifetime { get; }

    /// <summary>Whether only an existing record can be changed.</summary>
    protected abstract bool ReadsBeforeFirstWrite { get; }

    /// <summary>Null when there is no such record.</summary>
    protected abstract Task<Stored<T?>?> FetchAsync(TKey key, CancellationToken cancellation);

    /// <summary>
    /// Writes over the given revision, or creates the record. Returns null when the record has another revision, exists already, or is
    /// gone.
    /// </summary>
    protected abstract Task<Stored<T?>?> WriteAsync(TKey key, T next, Stored<T?>? over, CancellationToken cancellation);

    /// <summary>Called under the record's lock with each change that is shown: it must return at once.</summary>
    protected abstract void OnChanged(TKey key, T? before, T? after);

    /// <summary>Whether the record can be dropped from memory.</summary>
    /// <param name="age">Since it was read or written.</param>
    protected abstract bool IsExpired(TKey key, T? view, DateTimeOffset? expires, TimeSpan age);

    /// <summary>
    /// Called under the record's lock when Sync holds a change and before the change is shown. Queues the work that the change
    /// requires, so that anyone who sees the change can wait for that work.
    /// </summary>
    protected virtual void OnStored(T? before, T after)
    {
    }

    /// <summary>False for a change that is only shown here.</summary>
    protected virtual bool MustBeStored(T before, T after) => true;

    /// <summary>Whether a record that was read is older than the known one.</summary>
    protected virtual bool IsOlder(T? read, T? known) => false;

    /// <summary>Sets the version numbers of a changed record.</summary>
    /// <param name="isDirty">Whether it differs from the stored one by more than what is only shown.</param>
    protected virtual T Number(T after, T? before, T? stored, bool isDirty) => after;

    /// <summary>Sets the version numbers of a record that was read.</summary>
    protected virtual T Received(T read, T? known) => read;

    /// <summary>The record with its unstored changes; null when this instance does not know it.</summary>
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

    /// <summary>Reads the record from Sync; null when there is none. Does not wait for a change that is under way.</summary>
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

    /// <summary>As <see cref="ReadAsync"/>, after the changes that are under way have been stored or have failed.</summary>
    public Task<T?> ReadInTurnAsync(TKey key, CancellationToken cancellation) => InTurnAsync(key, async entry =>
    {
        await ReadEntryAsync(key, entry, cancellation);
        return ViewOf(entry);
    }, cancellation);

    /// <summary>Take a mark before a read. Writes that end after it, and reads that begin after it, are newer than that read.</summary>
    public long Mark() => Interlocked.Increment(ref _sequence);

    /// <summary>Takes over a record of a list.</summary>
    /// <returns>Whether it was new to this instance.</returns>
    public bool Import(TKey key, Stored<T?>? read, long mark) => With(key, entry => SetRead(key, entry, read, mark));

    /// <summary>Takes over all records of a list; a record that is not in the list does not exist.</summary>
    protected void ImportAll(IReadOnlyList<(TKey Key, Stored<T?> Read)> list, long mark)
    {
        var gone = _entries.Keys.Except(list.Select(item => item.Key)).ToList();
        foreach (var (key, read) in list) Import(key, read, mark);
        foreach (var key in gone) Import(key, null, mark);
    }
}
