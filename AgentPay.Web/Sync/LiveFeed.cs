using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AgentPay.Web.Sync;

/// <summary>
/// Publishes snapshots by key to in-process readers. A slow reader does not delay a publisher. It skips snapshots and receives the latest.
/// </summary>
/// <param name="supersedes">Returns whether the first snapshot is newer than the second. A snapshot that is not newer is dropped.</param>
/// <param name="read">Called on the reader's thread for each snapshot it receives, except one published before it subscribed.</param>
public sealed class LiveFeed<TKey, T>(Func<T, T, bool> supersedes, Action<T>? read = null)
    where TKey : notnull
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Entry> _entries = [];

    /// <summary>Raised when a key gets its first reader, on the reader's thread and outside the lock.</summary>
    public event Action<TKey>? WatchBegan;

    /// <summary>The number of readers of all keys.</summary>
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

    /// <summary>Publishes a snapshot to all readers of the key. Returns false when it is not newer than the latest one.</summary>
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

    /// <summary>Removes the latest snapshot of a key. Readers keep the one they received.</summary>
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
    /// Returns the latest snapshot, if there is one, and then newer ones as they are published. Cancellation ends the subscription.
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

    // IsFirst is true when the key had no reader before.
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
