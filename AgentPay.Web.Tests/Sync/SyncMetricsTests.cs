using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Sync;

public sealed class SyncMetricsTests : IDisposable
{
    private readonly ConcurrentDictionary<string, double> _sums = new();
    private readonly MeterListener _listener = new();

    [Fact]
    public async Task Requests_AreCountedByKind()
    {
        using var sandbox = new SandboxApp();
        await using var host = await SyncHost.StartReadyAsync(sandbox);
        Listen(host.Get<IMeterFactory>());
        var notes = host.Get<DocumentStore<object>>();
        var made = await notes.CreateAsync("n", new { }, TimeSpan.FromHours(1), default);

        await notes.UpdateAsync("n", new { a = 1 }, made.Revision, null, SyncUrgency.Normal, default);
        await notes.FetchAsync("n", default);
        await host.Maps.ListAsync<object>(SyncHost.Map, default).CountAsync();

        (_sums["agentpay.sync.writes"], _sums["agentpay.sync.reads"]).ShouldBe((2, 2));
    }

    [Fact]
    public async Task Requests_RefusedForTheirRateToTheLast_AreCountedAsThrottled()
    {
        using var sandbox = new SandboxApp();
        var clock = new WatchedClock(sandbox.Clock);
        await using var host = await SyncHost.StartReadyAsync(sandbox, clock);
        Listen(host.Get<IMeterFactory>());
        await sandbox.SetFaultsAsync(new { syncThrottle = 1.0 });

        await Should.ThrowAsync<TwilioException>(clock.DriveAsync(host.Get<DocumentStore<object>>().FetchAsync("n", default)));

        (_sums["agentpay.sync.reads"], _sums["agentpay.sync.throttled"]).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Polls_TellHowLateTheyBeganAndHowManyRead()
    {
        await using var rig = await PollerRig.StartAsync();
        Listen(rig.Meters);
        rig.Watch("a");
        rig.Watch("a");
        (await rig.Poller.NextAsync()).Succeed();
        await rig.Clock.ArmedAsync(TimeSpan.FromSeconds(1).Equals);

        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        await rig.Poller.NextAsync();
        _listener.RecordObservableInstruments();

        _sums.Keys.ShouldContain("agentpay.sync.poll.lag");
        _sums["agentpay.sync.readers"].ShouldBe(2);
    }

    [Fact]
    public async Task Budgets_AreMeasuredByObjectWithoutTheDatesOfHistory()
    {
        using var sandbox = new SandboxApp();
        await using var host = await SyncHost.StartReadyAsync(sandbox);
        Listen(host.Get<IMeterFactory>());
        foreach (var map in new[] { SyncHost.Map, "history-2026-11-22" })
            await host.Maps.UpsertAsync(map, "a", new { }, TimeSpan.FromHours(1), expectNew: true, SyncUrgency.Normal, default);

        _listener.RecordObservableInstruments();

        Budget(SyncHost.Map, "used").ShouldBe(1);
        // The first create found no map.
        Budget("history", "used").ShouldBe(2);
        Budget("history", "limit").ShouldBe(200);
        Budget("history", "waiting").ShouldBe(0);
    }

    public void Dispose() => _listener.Dispose();

    private double Budget(string name, string what) => _sums[$"agentpay.sync.budget {name} {what}"];

    private void Listen(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SyncMetrics.MeterName && instrument.Meter.Scope == meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) =>
        {
            Add(instrument, value);
            if (instrument.Name == "agentpay.sync.budget") _sums[$"{instrument.Name} {tags[0].Value} {tags[1].Value}"] = value;
        });
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument, value));
        _listener.Start();
    }

    private void Add(Instrument instrument, double value) => _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
}
