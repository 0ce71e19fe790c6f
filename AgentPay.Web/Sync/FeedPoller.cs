namespace AgentPay.Web.Sync;

/// <summary>
/// Polls Sync for the keys of a feed that screens watch, so that they show changes by other instances. Each watched key has its own
/// loop. The loop ends when the key has no readers or can no longer change.
/// </summary>
public abstract class FeedPoller<TKey, T>(string source, LiveFeed<TKey, T> feed, PollMonitor monitor, TimeProvider clock)
    : BackgroundService
    where TKey : notnull
    where T : class
{
    internal const int MaxAtOnce = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Task> _loops = [];
    private readonly SemaphoreSlim _slots = new(MaxAtOnce);
    private readonly PollHealth _health = monitor.Add(source, () => feed.Readers);

    /// <summary>Returns the polling interval; null when the key can no longer change. Called under a lock, so it must not block.</summary>
    /// <param name="latest">The latest snapshot; null when none has been published.</param>
    protected abstract TimeSpan? IntervalOf(TKey key, T? latest);

    /// <summary>How long one poll may take.</summary>
    protected virtual TimeSpan Limit => Timeouts.Poll;

    /// <summary>Reads the key once and publishes the result. Throws when the read fails.</summary>
    protected abstract Task PollAsync(TKey key, CancellationToken cancellation);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void Begin(TKey key) => BeginLoop(key, stoppingToken);
        feed.WatchBegan += Begin;
        foreach (var key in feed.Watched) Begin(key);
        await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        feed.WatchBegan -= Begin;
        await Task.WhenAll(Loops());
        _health.Dispose();
    }

    private void BeginLoop(TKey key, CancellationToken stopping)
    {
        lock (_lock)
        {
            if (!stopping.IsCancellationRequested && !_loops.ContainsKey(key))
                _loops[key] = Task.Run(() => PollWhileWatchedAsync(key, stopping), CancellationToken.None);
        }
    }

    private async Task PollWhileWatchedAsync(TKey key, CancellationToken stopping)
    {
        for (var failures = 0; !stopping.IsCancellationRequested;)
        {
            var (due, interval) = (clock.GetTimestamp(), TimeSpan.Zero);
            try
            {
                if (NextInterval(key) is not { } next) return;
                interval = next;
                await PollOnceAsync(key, due, interval, stopping);
                failures = 0;
            }
            catch (Exception failure)
            {
                failures++;
                if (!stopping.IsCancellationRequested) _health.Failed(failure);
            }
            var wait = interval - clock.GetElapsedTime(due);
            if (failures > 0 && Backoff.After(failures) is var backoff && backoff > wait) wait = backoff;
            if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PollOnceAsync(TKey key, long due, TimeSpan interval, CancellationToken stopping)
    {
        await _slots.WaitAsync(stopping);
        try
        {
            _health.Began(interval, clock.GetElapsedTime(due));
            await TimeLimit.RunAsync("Twilio Sync", Limit, clock, limited => PollAsync(key, limited), stopping);
            _health.Succeeded();
        }
        finally
        {
            _slots.Release();
        }
    }

    // Null when the loop of the key must end.
    private TimeSpan? NextInterval(TKey key)
    {
        // Under the same lock as BeginLoop, so a new reader either finds the loop running or starts a new one.
        lock (_lock)
        {
            if (feed.IsWatched(key) && IntervalOf(key, feed.Latest(key)) is { } interval) return interval;
            _loops.Remove(key);
            if (_loops.Count == 0) _health.NothingPolled();
            return null;
        }
    }

    private Task[] Loops()
    {
        lock (_lock) return [.. _loops.Values];
    }
}
