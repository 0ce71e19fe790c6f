using System.Diagnostics;
using System.Diagnostics.Metrics;
using AgentPay.Web.Calls;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.TwilioApi;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;

namespace AgentPay.Web.Tests.Load;

/// <summary>The cost of recording a call with few and with many live calls, while a console shows the list.</summary>
public sealed class InboundWebhookBenchmark(ITestOutputHelper output)
{
    private const int Few = 10;
    private const int Many = 10_000;
    private const int Rounds = 15;
    private const int Webhooks = 50;

    [Fact]
    [Trait("Category", "Load")]
    public async Task Webhook_WithManyLiveCalls_CostsAsMuchAsWithFew()
    {
        await using var few = await World.StartAsync(Few);
        await using var many = await World.StartAsync(Many);
        await few.MeasureAsync(Webhooks);
        await many.MeasureAsync(Webhooks);

        // In turn, so that what else the machine does falls on both.
        var (withFew, withMany) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            withFew.Add(await few.MeasureAsync(Webhooks));
            withMany.Add(await many.MeasureAsync(Webhooks));
        }

        var (fewMedian, manyMedian) = (Median(withFew), Median(withMany));
        output.WriteLine(
            $"A call webhook with {Few} live calls: {fewMedian:F3} ms; with {Many}: {manyMedian:F3} ms; {manyMedian / fewMedian:F2} times");
        (few.Calls, many.Calls).ShouldBe((Few, Many));
        (manyMedian / fewMedian).ShouldBeLessThan(1.5);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>The calls of one instance, on a Sync that takes everything at once.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly FixedAnswerServer _server =
            new("""
                {"key":"k","revision":"1","data":{},"date_expires":null,
                "date_created":"2026-11-22T09:00:00Z","date_updated":"2026-11-22T09:00:00Z"}
                """);
        private readonly LiveFeed<string, CallList> _feed = new((newer, older) => newer.Version > older.Version);
        private readonly Outbox _outbox = new(TimeProvider.System, NullLogger<Outbox>.Instance);
        private readonly CancellationTokenSource _leaving = new();
        private readonly TwilioClients _clients;
        private readonly CallStore _store;
        private readonly CallLists _lists;
        private Task _watching = Task.CompletedTask;

        private World()
        {
            _clients = new TwilioClients(TwilioStub.Settings(("SyncBaseUrl", _server.Url)), TimeProvider.System);
            var space = new SyncSpace();
            space.Ready(TwilioStub.Service);
            var metrics = new SyncMetrics(_clients.Host.Services.GetRequiredService<IMeterFactory>());
            // The server has no limits, and the work of AgentPay is measured.
            var writer = new SyncWriter(Budgets.New(TimeProvider.System, perSecond: 10_000), TimeProvider.System);
            var maps = new MapStore(_clients.Sync, space, writer, metrics, NullLogger<MapStore>.Instance);
            _store = new(maps, _outbox, Options.Create(new SyncOptions()), TimeProvider.System, NullLogger<CallStore>.Instance);
            _lists = new(_store, _feed, CallListPace.Default);
        }

        public int Calls => _lists.Snapshot().All.Count;

        public static async Task<World> StartAsync(int calls)
        {
            var world = new World();
            await world._lists.StartAsync(default);
            for (var call = 0; call < calls; call++) await world.RecordAsync();
            world._watching = world.WatchAsync();
            return world;
        }

        /// <summary>Milliseconds that a webhook took until Sync had what it said.</summary>
        public async Task<double> MeasureAsync(int webhooks)
        {
            var (started, calls) = (Stopwatch.GetTimestamp(), new List<string>());
            while (calls.Count < webhooks) calls.Add(await RecordAsync());
            var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds / webhooks;
            foreach (var call in calls) _store.Import(call, null, _store.Mark());
            return time;
        }

        public async ValueTask DisposeAsync()
        {
            await _leaving.CancelAsync();
            await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _lists.StopAsync(default);
            _lists.Dispose();
            _outbox.Dispose();
            await _clients.DisposeAsync();
            _server.Dispose();
            _leaving.Dispose();
        }

        private async Task<string> RecordAsync()
        {
            var call = CallSid.Parse("CA" + Guid.NewGuid().ToString("N"));
            var report = new LegReport
            {
                Leg = call,
                Status = CallStatus.Ringing,
                From = "+61400000000",
                To = "+61280000000",
                IsInbound = true,
                At = DateTimeOffset.UtcNow,
            };
            (await _store.Accept(call.ToString(), CallChanges.OfCustomer(report).Invoke).Stored).ShouldBeTrue();
            return call.ToString();
        }

        private async Task WatchAsync()
        {
            await foreach (var _ in _feed.WatchAsync(CallDirectory.ListKey, _leaving.Token)) continue;
        }
    }
}
