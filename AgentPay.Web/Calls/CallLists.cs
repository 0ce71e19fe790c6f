using System.Threading.Channels;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Calls;

// The minimum time between two snapshots of the call list. It limits CPU use, so it runs on the system clock, also in tests.
internal sealed record CallListPace(TimeSpan Interval)
{
    public static CallListPace Default { get; } = new(TimeSpan.FromMilliseconds(250));
}

// Publishes snapshots of the call list while a screen shows it. Webhooks that change calls only send a signal. The list is copied and
// sorted here, so the cost of a webhook does not depend on the number of calls.
internal sealed class CallLists(CallStore store, LiveFeed<string, CallList> feed, CallListPace pace) : BackgroundService
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _changed =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private CallList? _latest;

    public CallList Snapshot()
    {
        lock (_lock)
        {
            // The version is read first, so a change during the copy leads to another snapshot.
            var version = store.Version;
            if (_latest?.Version == version) return _latest;
            var calls = store.All.OrderByDescending(call => call.At).ThenBy(call => call.Uui, StringComparer.Ordinal).ToList();
            if (_latest?.All.SequenceEqual(calls) == true) return _latest;
            return _latest = new(version, calls);
        }
    }

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

    // The published list may be old, as changes are published only while a screen shows it. Before the first call or read, the list is
    // unknown, which is not the same as empty.
    private void Refresh(string key)
    {
        if (_latest is not null || store.Version > 0) Publish();
    }
}
