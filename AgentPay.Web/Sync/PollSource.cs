namespace AgentPay.Web.Sync;

/// <summary>Something that <see cref="SyncPoller"/> reads from Sync for those who watch it. Derive from <see cref="PollSource{TKey,T}"/>.</summary>
public abstract class PollSource
{
    /// <summary>For the log, the metrics and the key of its <see cref="FeedHealth"/>.</summary>
    public abstract string Name { get; }

    internal abstract int Readers { get; }

    internal abstract event Action? WatchBegan;

    /// <summary>What is watched just now, and how often it is to be read.</summary>
    internal abstract IEnumerable<KeyValuePair<object, TimeSpan>> Wanted();

    internal abstract Task PollAsync(object key, CancellationToken cancellation);
}

/// <summary>Reads what somebody watches in a feed, and publishes it there.</summary>
public abstract class PollSource<TKey, T>(LiveFeed<TKey, T> feed) : PollSource
    where TKey : notnull
    where T : class
{
    protected LiveFeed<TKey, T> Feed => feed;

    internal sealed override int Readers => feed.Readers;

    internal sealed override event Action? WatchBegan
    {
        add => feed.WatchBegan += value;
        remove => feed.WatchBegan -= value;
    }

    /// <summary>How often to read this now; null = not at all, as nothing can change any more. Asked often, so it must be quick.</summary>
    /// <param name="latest">Null when nothing has been published of it.</param>
    protected abstract TimeSpan? IntervalOf(TKey key, T? latest);

    /// <summary>Reads it once and publishes what it has found. An exception means that Sync could not be asked.</summary>
    protected abstract Task PollAsync(TKey key, CancellationToken cancellation);

    internal sealed override IEnumerable<KeyValuePair<object, TimeSpan>> Wanted()
    {
        foreach (var key in feed.Watched)
        {
            if (IntervalOf(key, feed.Latest(key)) is { } interval) yield return new(key, interval);
        }
    }

    internal sealed override Task PollAsync(object key, CancellationToken cancellation) => PollAsync((TKey)key, cancellation);
}
