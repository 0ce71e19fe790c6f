using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Sync;

[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class ProvisioningTests : IDisposable
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    private readonly SandboxApp _sandbox = new();
    private readonly WatchedClock _clock;

    public ProvisioningTests() => _clock = new(_sandbox.Clock);

    [Fact]
    public async Task Start_OnAnEmptyAccount_MakesTheServiceAndItsMaps()
    {
        await using var host = await StartAsync();
        host.Space.IsReady.ShouldBeFalse();
        await _clock.ReachAsync(Settling);

        var service = await host.ReadyAsync();

        (await ServicesAsync(host)).ShouldBe([(service, "AgentAssistedPaySync")]);
        (await _sandbox.MapNamesAsync(service)).ShouldBe([SyncHost.Map]);
        host.Log.All.ShouldContain($"Information: Sync is ready: service {service}");
    }

    [Fact]
    public async Task Start_Again_FindsWhatIsThereAndMakesNothing()
    {
        var (service, before) = await SetUpBeforeAsync();

        await using var host = await StartAsync();

        (await host.ReadyAsync()).ShouldBe(service);
        (await _sandbox.CountAsync()).Writes.ShouldBe(before);
    }

    [Fact]
    public async Task Start_AmongServicesOfOtherNames_TakesTheNamedOneHoweverManyThereAre()
    {
        var (service, _) = await SetUpBeforeAsync("Other");
        await using (var other = await SyncHost.StartReadyAsync(_sandbox))
        {
            for (var number = 0; number < 120; number++) await other.Client.Services.CreateAsync($"Other{number}");
        }
        _sandbox.Clock.Advance(TimeSpan.FromHours(1));

        await using var host = await StartAsync(("Sync:ServiceName", "Other119"));

        (await host.ReadyAsync()).ShouldNotBe(service);
        (await host.Client.Services.FetchAsync(host.Space.Service)).FriendlyName.ShouldBe("Other119");
    }

    [Fact]
    public async Task Start_WithAConfiguredService_TakesThatOne()
    {
        var (service, _) = await SetUpBeforeAsync("Mine");

        await using var host = await StartAsync(("Sync:ServiceSid", $" {service} "));

        (await host.ReadyAsync()).ShouldBe(service);
        (await ServicesAsync(host)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Start_WithAConfiguredServiceThatDoesNotExist_SaysSo()
    {
        await using var host = await StartAsync(("Sync:ServiceSid", "IS0123456789abcdef0123456789abcdef"));

        await _clock.ArmedAsync(IsBackoff(1));

        host.Space.Problem.ShouldBe(
            "The account of the API key has no Sync service IS0123456789abcdef0123456789abcdef (from Sync:ServiceSid)");
    }

    [Fact]
    public async Task Start_WithAWrongKey_SaysSoInWordsAndGoesOnTrying()
    {
        await using var host = await StartAsync(("Twilio:ApiKeySecret", "a-wrong-secret-00000000000000000"));

        await _clock.ArmedAsync(IsBackoff(1));

        var (status, words) = await host.HealthAsync();
        status.ShouldBe(503);
        words.ShouldStartWith("Twilio does not accept the API key for Sync: check Twilio:ApiKeySid and Twilio:ApiKeySecret");
        host.Log.All.ShouldContain(line =>
            line.StartsWith("Warning: Setting up Sync failed at attempt 1, retrying: Twilio does not accept the API key"));
        _clock.Advance(Backoff.First);
        await _clock.ArmedAsync(IsBackoff(2));
    }

    [Fact]
    public async Task Start_WhileSyncIsDown_HealsByItself()
    {
        await _sandbox.SetFaultsAsync(new { syncError = 1.0 });
        await using var host = await StartAsync(("Sync:Settling", "00:00:00"));
        var ready = host.ReadyAsync();
        for (var failures = 1; failures <= 2; failures++) await FailAsync(failures);

        await _sandbox.SetFaultsAsync(new { });
        await _clock.DriveAsync(ready);

        (await ServicesAsync(host)).Count.ShouldBe(1);
        host.Space.Problem.ShouldBeNull();
    }

    [Fact]
    public void Backoff_AfterManyFailures_GrowsToHalfAMinuteWithJitter()
    {
        var waits = Enumerable.Range(0, 200).Select(_ => Backoff.After(50)).ToList();

        waits.ShouldAllBe(wait => wait >= Backoff.Longest / 2 && wait <= Backoff.Longest);
        waits.Distinct().Count().ShouldBeGreaterThan(100);
        Backoff.After(1).ShouldBeInRange(Backoff.First / 2, Backoff.First);
        Backoff.After(int.MaxValue).ShouldBeLessThanOrEqualTo(Backoff.Longest);
    }

    [Fact]
    public async Task Write_AfterTheServiceHasBeenDeleted_ProvisionsAnew()
    {
        await using var host = await StartAsync(("Sync:Settling", "00:00:00"));
        var lost = await host.ReadyAsync();
        await host.Client.Services.DeleteAsync(lost);

        var refused = host.Get<DocumentStore<object>>().CreateAsync("n", new { }, TimeSpan.FromHours(1), default);
        (await Should.ThrowAsync<SyncNotReadyException>(refused)).Message.ShouldBe($"The Sync service {lost} has been deleted");

        (await host.ReadyAsync()).ShouldNotBe(lost);
        await host.Maps.UpsertAsync(SyncHost.Map, "k", new { a = 1 }, TimeSpan.FromHours(1), true, SyncUrgency.Normal, default);
        host.Log.All.ShouldContain($"Error: The Sync service {lost} has been deleted. Its data are lost; creating it again");
    }

    [Fact]
    public async Task Upsert_AfterTheServiceHasBeenDeleted_ProvisionsAnew()
    {
        await using var host = await StartAsync(("Sync:Settling", "00:00:00"));
        var lost = await host.ReadyAsync();
        await host.Client.Services.DeleteAsync(lost);

        await Should.ThrowAsync<SyncNotReadyException>(
            host.Maps.UpsertAsync(SyncHost.Map, "k", new { a = 1 }, TimeSpan.FromHours(1), false, SyncUrgency.Normal, default));

        (await host.ReadyAsync()).ShouldNotBe(lost);
    }

    public void Dispose() => _sandbox.Dispose();

    internal static Func<TimeSpan, bool> IsBackoff(int failures)
    {
        var uncapped = Backoff.First * Math.Pow(2, failures - 1);
        var whole = uncapped < Backoff.Longest ? uncapped : Backoff.Longest;
        return wait => wait >= whole / 2 && wait <= whole;
    }

    private Task<SyncHost> StartAsync(params (string, string?)[] settings) =>
        SyncHost.StartAsync(SyncHost.UrlOf(_sandbox), _clock, null, settings);

    /// <summary>Lets the tries of one request go by, and then the wait after it.</summary>
    private async Task FailAsync(int failures)
    {
        for (var retry = 0; retry < 3; retry++) _clock.Advance(await _clock.ArmedAsync(length => length < TimeSpan.FromSeconds(4)));
        _clock.Advance(await _clock.ArmedAsync(IsBackoff(failures)));
    }

    /// <summary>
    /// What an earlier start has left, long enough ago: the service, and the writes so far and those that are refused as being done
    /// already.
    /// </summary>
    private async Task<(string Service, int Writes)> SetUpBeforeAsync(string name = "AgentAssistedPaySync")
    {
        string service;
        await using (var before = await SyncHost.StartReadyAsync(_sandbox, null, null, ("Sync:ServiceName", name)))
            service = before.Space.Service;
        _sandbox.Clock.Advance(TimeSpan.FromHours(1));
        return (service, (await _sandbox.CountAsync()).Writes + 1);
    }

    private static async Task<List<(string, string?)>> ServicesAsync(SyncHost host) =>
        await host.Client.Services.ListAsync().Select(s => (s.Sid, s.FriendlyName)).ToListAsync();
}
