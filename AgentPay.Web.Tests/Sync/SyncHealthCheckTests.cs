using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sync;

[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class SyncHealthCheckTests : IAsyncLifetime, IDisposable
{
    private readonly SandboxApp _sandbox = new();
    private readonly WatchedClock _clock;
    private SyncHost _host = null!;

    public SyncHealthCheckTests() => _clock = new(_sandbox.Clock);

    public async Task InitializeAsync() => _host = await SyncHost.StartReadyAsync(_sandbox, _clock);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Ready_OnceEverythingIsThere_Is200()
    {
        (await _host.HealthAsync()).ShouldBe((200, $"Sync answers for service {_host.Space.Service}"));
    }

    [Fact]
    public async Task Ready_BeforeSyncHasBeenReached_Is503()
    {
        await using var host = await SyncHost.StartAsync(SyncHost.UrlOf(_sandbox), _clock, null, ("Sync:ServiceName", "another"));

        (await host.HealthAsync()).ShouldBe((503, "Twilio Sync has not been reached yet"));
    }

    [Fact]
    public async Task Ready_AskedOften_AsksSyncOnceInAWhile()
    {
        var before = (await _sandbox.CountAsync("service")).Reads;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _host.HealthAsync()));
        (await _sandbox.CountAsync("service")).Reads.ShouldBe(before + 1);

        _clock.Advance(SyncHealthCheck.MaxAge);
        await _host.HealthAsync();
        (await _sandbox.CountAsync("service")).Reads.ShouldBe(before + 2);
    }

    [Fact]
    public async Task Ready_WhileSyncFails_Is503InWordsAndThen200Again()
    {
        await _sandbox.SetFaultsAsync(new { syncThrottle = 1.0 });
        (await _clock.DriveAsync(_host.HealthAsync())).ShouldBe((503, "Twilio Sync is throttling requests"));

        await _sandbox.SetFaultsAsync(new { });
        _clock.Advance(SyncHealthCheck.MaxAge);

        (await _host.HealthAsync()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Ready_WhileSyncIsSilent_Is503AfterALittleWhile()
    {
        await _sandbox.SetFaultsAsync(new { syncDelayMs = 60_000 });
        var health = _host.HealthAsync();

        await _clock.ReachAsync(Timeouts.HealthCheck);

        (await health).ShouldBe((503, "Twilio Sync did not answer in time"));
    }

    [Fact]
    public async Task Ready_AfterTheServiceHasBeenDeleted_HasItMadeAnew()
    {
        var lost = _host.Space.Service;
        await _host.Client.Services.DeleteAsync(lost);

        (await _host.HealthAsync()).ShouldBe((503, $"The Sync service {lost} has been deleted"));
        await _host.ReadyAsync();

        _clock.Advance(SyncHealthCheck.MaxAge);
        (await _host.HealthAsync()).Status.ShouldBe(200);
    }
}
