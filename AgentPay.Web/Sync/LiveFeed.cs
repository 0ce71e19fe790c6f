using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AgentPay.Web.Sync;

/// <summary>
/// The latest snapshot of each key, and its readers. A slow reader never delays a publisher: it skips snapshots, and always gets the
/// newest one.
/// </summary>
/// <param name="supersedes">Whether the first snapshot is newer than the second. A snapshot that is not newer is dropped.</param>
/// <param name="read">
/// Called on the reader's thread with each snapshot that a reader takes, except the one that was there when it began.
/// </param>
public sealed class LiveFeed<TKey, T>(Func<T, T, bool> supersedes, Action<T>? read = null)
    where TKey : notnull
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Entry> _entries = [];

    /// <summary>A key has got its first reader. Raised outside the lock, on the reader's thread.</summary>
    public event Action<TKey>? WatchBegan;

    /// <summary>How many readers there are, of all keys together.</summary>
    public int Readers
    {
        get { lock (_lock) return _entries.Values.Sum(e => e.Readers.Count); }
    }

    /// <summary>The keys that have readers.</summary>
    public IReadOnlyList<TKey> Watched
    {
        get { lock (_lock) return [.. _entries.Where(e => e.Value.Readers.Count > 0).Select(e => e.Key)]; }
    }

    public bool IsWatched(TKey key)
    {
        lock (_lock) return _entries.GetValueOrDefault(key)?.Readers.Count > 0;
    }

    public T? Latest(TKey key)
    {
        lock (_lock) return _entries.GetValueOrDefault(key)?.Latest;
    }

    /// <summary>Gives a snapshot to all readers of the key. Returns false when it is not newer than the one they have.</summary>
    public bool Publish(TKey key, T snapshot)
    {
        lock (_lock)
        {
            var entry = EntryOf(key);
            if (entry.Latest is { } latest && !supersedes(snapshot, latest)) return false;
            entry.Latest = snapshot;
            foreach (var reader in entry.Readers) reader.Writer.TryWrite(snapshot);
            return true;
        }
    }

    /// <summary>Drops the latest snapshot of a key. Its readers keep what they have.</summary>
    public void Forget(TKey key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry)) return;
            if (entry.Readers.Count == 0) _entries.Remove(key);
            else entry.Latest = null;
        }
    }

    /// <summary>
    /// Returns the latest snapshot at once, if there is one, and then each newer one. Ends, and unsubscribes, by cancellation.
    /// </summary>
    public async IAsyncEnumerable<T> WatchAsync(TKey key, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var newestOnly = new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        var reader = Channel.CreateBounded<T>(newestOnly);
        var (isFirst, latest) = Subscribe(key, reader);
        try
        {
            if (isFirst) WatchBegan?.Invoke(key);
            while (true)
            {
                var snapshot = await reader.Reader.ReadAsync(cancellation);
                if (!ReferenceEquals(snapshot, latest)) read?.Invoke(snapshot);
                yield return snapshot;
            }
        }
        finally
        {
            lock (_lock) Unsubscribe(key, reader);
        }
    }

    /// <summary>Whether the key had no reader before, and the snapshot that is there already.</summary>
    private (bool IsFirst, T? Latest) Subscribe(TKey key, Channel<T> reader)
    {
        lock (_lock)
        {
            var entry = EntryOf(key);
            entry.Readers.Add(reader);
            if (entry.Latest is { } latest) reader.Writer.TryWrite(latest);
            return (entry.Readers.Count == 1, entry.Latest);
        }
    }

    private void Unsubscribe(TKey key, Channel<T> reader)
    {
        var entry = EntryOf(key);
        entry.Readers.Remove(reader);
        if (entry.Readers.Count == 0 && entry.Latest is null) _entries.Remove(key);
    }

    private Entry EntryOf(TKey key) => _entries.TryGetValue(key, out var entry) ? entry : _entries[key] = new();

    private sealed class Entry
    {
        public T? Latest { get; set; }

        public HashSet<Channel<T>> Readers { get; } = [];
    }
}
