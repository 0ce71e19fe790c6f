using System.Threading.Channels;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Calls;

/// <summary>
/// The least time between two snapshots of the call list, in real time: it limits the work, so a test's clock does not stop it.
/// </summary>
internal sealed record CallListPace(TimeSpan Interval)
{
    public static CallListPace Default { get; } = new(TimeSpan.FromMilliseconds(250));
}

/// <summary>
/// Publishes snapshots of the call list while somebody watches it. The webhooks that change calls only signal: copying and sorting the
/// list happens here, so their cost does not depend on the number of calls.
/// </summary>
internal sealed class CallLists(CallStore store, LiveFeed<string, CallList> feed, CallListPace pace) : BackgroundService
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _changed =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private CallList? _latest;

    /// <summary>The calls that this instance knows now.</summary>
    public CallList Snapshot()
    {
        lock (_lock)
        {
            // Read first: a change that comes while the calls are copied makes another snapshot.
            var version = store.Version;
            if (_latest?.Version == version) return _latest;
            var calls = store.All.OrderByDescending(call => call.At).ThenBy(call => call.Uui, StringComparer.Ordinal).ToList();
            if (_latest?.All.SequenceEqual(calls) == true) return _latest;
            return _latest = new(version, calls);
        }
    }

    /// <summary>Publishes the present list to those who watch.</summary>
    public CallList Publish()
    {
        var list = Snapshot();
        feed.Publish(CallDirectory.ListKey, list);
        return list;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        store.Changed += Signal;
        feed.WatchBegan += Refresh;
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        store.Changed -= Signal;
        feed.WatchBegan -= Refresh;
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _changed.Reader.ReadAllAsync(stoppingToken))
        {
            if (!feed.IsWatched(CallDirectory.ListKey)) continue;
            Publish();
            if (pace.Interval > TimeSpan.Zero) await Task.Delay(pace.Interval, TimeProvider.System, stoppingToken);
        }
    }

    private void Signal() => _changed.Writer.TryWrite(true);

    /// <summary>Nothing was published while nobody watched. Until a call is known, the list is unknown rather than empty.</summary>
    private void Refresh(string key)
    {
        if (_latest is not null || store.Version > 0) Publish();
    }
}
