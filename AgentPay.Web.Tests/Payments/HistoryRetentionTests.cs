using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Components.History;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Payments;

public sealed class HistoryRetentionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly SandboxApp _sandbox = new();

    public Task InitializeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("history-2026-11-22", false)]
    [InlineData("history-2026-10-23", false)]
    [InlineData("history-2026-10-22", true)]
    [InlineData("history-2020-01-01", true)]
    [InlineData("history-2020-01", false)]
    [InlineData("history-old", false)]
    [InlineData("payMap", false)]
    [InlineData("my-history-2020-01-01", false)]
    public void IsExpired_ByName_IsADayWhoseLastRecordIsTooOld(string map, bool isExpired) =>
        HistoryRetention.IsExpired(map, Noon, TimeSpan.FromDays(30)).ShouldBe(isExpired);

    [Theory]
    [InlineData("400.00:00:00", null)]
    [InlineData("30.00:00:00", 30)]
    public async Task Write_ARecord_ExpiresInSyncIfItsLifetimeIsNoLongerThanAYear(string kept, int? days)
    {
        await using var host = await SyncHost.StartReadyAsync(_sandbox, null, null, ("Sync:HistoryTtl", kept));
        var record = ARecord.Of(ARecord.Amara, _sandbox.Clock.GetUtcNow());

        await ARecord.Store(host).WriteAsync(record, default, default);

        var stored = await ARecord.Store(host).FetchAsync(record, default);
        (stored!.Expires - _sandbox.Clock.GetUtcNow())?.TotalDays.ShouldBe(days!.Value, 0.01);
        if (days is null) stored.Expires.ShouldBeNull();
    }

    [Fact]
    public async Task Delete_MapsOfExpiredDays_LeavesTheOthers()
    {
        await using var host = await SyncHost.StartReadyAsync(_sandbox);
        var (old, young) = (ARecord.Of(ARecord.Amara, Noon.AddDays(-500)), ARecord.Of(ARecord.Amara, Noon.AddDays(-399)));
        foreach (var record in new[] { old, young }) await ARecord.Store(host).WriteAsync(record, default, default);

        var deleted = await host.Get<MapRetention>()
            .DeleteAsync(map => HistoryRetention.IsExpired(map, Noon, TimeSpan.FromDays(400)), default);

        deleted.ShouldBe([HistoryRecord.MapOf(DateOnly.FromDateTime(old.Started.UtcDateTime))]);
        (await ARecord.Store(host).FetchAsync(old, default)).ShouldBeNull();
        (await ARecord.Store(host).FetchAsync(young, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Service_TenMinutesAfterItsStart_DeletesTheExpiredDays()
    {
        await using var host = await SyncHost.StartReadyAsync(_sandbox, add: services => services.AddHostedService<HistoryRetention>());
        var old = ARecord.Of(ARecord.Amara, _sandbox.Clock.GetUtcNow().AddDays(-402));
        await ARecord.Store(host).WriteAsync(old, default, default);

        await _sandbox.Clock.TimerAsync(HistoryRetention.FirstWait);
        _sandbox.Clock.Advance(HistoryRetention.FirstWait);
        await _sandbox.Clock.TimerAsync(HistoryRetention.Interval);

        (await ARecord.Store(host).FetchAsync(old, default)).ShouldBeNull();
    }

    public async Task DisposeAsync() => await _sandbox.DisposeAsync();
}
