using System.Diagnostics.Metrics;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Sync;

/// <summary>A scripted poller and a clock that the test moves.</summary>
internal sealed class PollerRig : IAsyncDisposable
{
    public static readonly TwilioException Down = new("GET … could not be sent or answered");

    private readonly ServiceProvider _services;
    private readonly List<Reader> _readers = [];

    private PollerRig()
    {
        _services = new ServiceCollection().AddMetrics().AddSingleton<SyncMetrics>().BuildServiceProvider();
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(Log));
        var (metrics, options) = (_services.GetRequiredService<SyncMetrics>(), Options.Create(new SyncOptions()));
        var monitor = new PollMonitor(Healths, metrics, options, Clock, logging.CreateLogger<PollMonitor>());
        Poller = new(Feed, monitor, Clock);
    }

    public WatchedClock Clock { get; } = new(new ManualClock());

    public LiveFeed<string, Reading> Feed { get; } = new((newer, older) => newer.Number > older.Number);

    public LiveFeed<string, FeedHealth> Healths { get; } = new((newer, known) => newer != known);

    public LogLines Log { get; } = new();

    public ScriptedPoller Poller { get; }

    public FeedHealth Health => Healths.Latest(ScriptedPoller.Name)!;

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public static async Task<PollerRig> StartAsync()
    {
        var rig = new PollerRig();
        await rig.Poller.StartAsync(default);
        return rig;
    }

    /// <summary>Reads a key from now on, until what is returned is disposed of.</summary>
    public Reader Watch(string key)
    {
        var reader = new Reader(Feed, key);
        _readers.Add(reader);
        return reader;
    }

    /// <summary>The health that comes after this one.</summary>
    public async Task<FeedHealth> HealthAfterAsync(FeedHealth known)
    {
        using var limit = new CancellationTokenSource(TestLimit.Time);
        await foreach (var health in Healths.WatchAsync(ScriptedPoller.Name, limit.Token))
            if (health != known) return health;
        throw new InvalidOperationException("A feed never ends");
    }

    /// <summary>Moves the clock to the end of the wait after so many failures in a row, and returns how long it was.</summary>
    public async Task<TimeSpan> OutwaitAsync(int failures)
    {
        var wait = await Clock.ArmedAsync(ProvisioningTests.IsBackoff(failures));
        Clock.Advance(wait);
        return wait;
    }

    public async Task StopAsync() => await Poller.StopAsync(default).WaitAsync(TestLimit.Time);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var reader in _readers) await reader.DisposeAsync();
        Poller.Dispose();
        await _services.DisposeAsync();
    }
}

/// <summary>Somebody who watches a key.</summary>
internal sealed class Reader : IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private readonly Task _reading;

    public Reader(LiveFeed<string, Reading> feed, string key) => _reading = ReadAsync(feed, key);

    public async ValueTask DisposeAsync()
    {
        if (_reading.IsCompleted) return;
        await _leaving.CancelAsync();
        await _reading;
        _leaving.Dispose();
    }

    private async Task ReadAsync(LiveFeed<string, Reading> feed, string key)
    {
        try
        {
            await foreach (var _ in feed.WatchAsync(key, _leaving.Token)) continue;
        }
        catch (OperationCanceledException)
        {
            // Has left.
        }
    }
}
