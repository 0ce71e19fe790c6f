using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>
/// Reads from Sync what somebody watches, and nothing else: each thing at its own interval, a few at once, and ever more rarely while Sync
/// fails. It brings what other instances have done.
/// </summary>
internal sealed class SyncPoller : BackgroundService
{
    public const int AtOnce = 8;

    /// <summary>A poll that takes longer counts as failed, so that its place is free again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan WaitAfterBug = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly IReadOnlyList<PollLane> _lanes;
    private readonly SyncMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<SyncPoller> _log;
    private readonly long _start;

    public SyncPoller(
        IEnumerable<PollSource> sources, LiveFeed<string, FeedHealth> healths, IOptions<SyncOptions> options, SyncMetrics metrics, TimeProvider clock, ILogger<SyncPoller> log)
    {
        (_metrics, _clock, _log) = (metrics, clock, log);
        _start = clock.GetTimestamp();
        _lanes = [.. sources.Select(source => new PollLane(source, options.Value.DelayedAfter, healths, log))];
        metrics.ObserveReaders(() => _lanes.Select(lane => new Measurement<int>(lane.Source.Readers, KeyValuePair.Create<string, object?>("source", lane.Source.Name))));
    }

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var lane in _lanes) lane.Source.WatchBegan += Wake;
        await using var alarm = _clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Wake();
        try
        {
            await foreach (var _ in _wake.Reader.ReadAllAsync(stoppingToken)) alarm.Change(Round(stoppingToken), Timeout.InfiniteTimeSpan);
        }
        finally
        {
            foreach (var lane in _lanes) lane.Source.WatchBegan -= Wake;
            await Task.WhenAll(Running());
        }
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Begins what is due; returns how long nothing else will be.</summary>
    private TimeSpan Round(CancellationToken stopping)
    {
        try
        {
            lock (_lock)
            {
                var now = Now;
                foreach (var lane in _lanes) lane.Refresh(now);
                while (Running().Length < AtOnce && NextLane() is { } lane && lane.DueOf(lane.NextKey!) <= now) Begin(lane, lane.NextKey!, now, stopping);
                // What is due while every place is taken begins when a poll ends, and that wakes.
                var isFull = Running().Length >= AtOnce;
                return _lanes.Min(lane => isFull ? lane.SilentAt : lane.Next) - now ?? Timeout.InfiniteTimeSpan;
            }
        }
        catch (Exception bug)
        {
            _log.RoundBroken(bug);
            return WaitAfterBug;
        }
    }

    private PollLane? NextLane() => _lanes.Where(lane => lane.NextKey is not null).MinBy(lane => lane.DueOf(lane.NextKey!));

    private void Begin(PollLane lane, PollKey key, TimeSpan now, CancellationToken stopping)
    {
        _metrics.PollBegan(lane.Source.Name, now - lane.DueOf(key));
        lane.Began(key, now);
        key.Running = Task.Run(() => PollAsync(lane, key, stopping), CancellationToken.None);
    }

    private async Task PollAsync(PollLane lane, PollKey key, CancellationToken stopping)
    {
        Exception? fault = null;
        using var limit = new CancellationTokenSource(Patience, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);
        try
        {
            await lane.Source.PollAsync(key.Key, both.Token).WaitAsync(both.Token);
        }
        catch (Exception failure)
        {
            fault = failure;
        }
        lock (_lock)
        {
            if (!stopping.IsCancellationRequested) lane.Ended(key, fault, Now, _clock.GetUtcNow());
        }
        Wake();
    }

    private Task[] Running()
    {
        lock (_lock) return [.. _lanes.SelectMany(lane => lane.Running)];
    }
}
