using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Sync;

public sealed class FeedHealthTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private PollerRig _rig = null!;

    private ScriptedPoller Source => _rig.Poller;

    public async Task InitializeAsync() => _rig = await PollerRig.StartAsync();

    public Task DisposeAsync() => _rig.DisposeAsync().AsTask();

    [Fact]
    public void Health_BeforeAnythingIsWatched_IsLive()
    {
        _rig.Health.ShouldBe(new FeedHealth(true, null, null));
    }

    [Fact]
    public async Task Health_WithoutAGoodPollForTheConfiguredNumberOfIntervals_IsDelayedWithTheReason()
    {
        Source.Intervals["a"] = 10 * Second;
        _rig.Watch("a");
        var before = _rig.Health;
        for (var interval = 1; interval <= 3; interval++)
        {
            (await Source.NextAsync()).Fail(PollerRig.Down);
            _rig.Health.ShouldBe(before);
            await _rig.Clock.ReachAsync(10 * Second);
        }

        (await _rig.HealthAfterAsync(before)).ShouldBe(new FeedHealth(false, null, "Twilio Sync cannot be reached"));
    }

    [Fact]
    public async Task Health_AfterASilenceOfThreeIntervals_IsDelayed()
    {
        _rig.Watch("a");
        var good = await Source.NextAsync();
        good.Succeed();
        await _rig.Clock.ReachAsync(Second);
        await Source.NextAsync();
        await _rig.Clock.ReachAsync(3 * Second);

        (await _rig.HealthAfterAsync(new(true, null, null))).ShouldBe(new FeedHealth(false, good.At, "Twilio Sync is not responding"));
    }

    [Fact]
    public async Task Health_OnTheFirstGoodPoll_IsLiveAgain()
    {
        _rig.Watch("a");
        var hanging = await Source.NextAsync();
        await _rig.Clock.ReachAsync(3 * Second);
        var delayed = await _rig.HealthAfterAsync(new(true, null, null));

        hanging.Succeed();

        (await _rig.HealthAfterAsync(delayed)).ShouldBe(new FeedHealth(true, hanging.At + (3 * Second), null));
        _rig.Log.All.ShouldContain("Information: Polling readings recovered");
    }

    [Fact]
    public async Task Health_OfASourceThatDoesWell_IsPublishedOnce()
    {
        var seen = _rig.Health;
        _rig.Watch("a");
        for (var number = 0; number < 3; number++)
        {
            (await Source.NextAsync()).Succeed();
            await _rig.Clock.ReachAsync(Second);
        }
        await Source.NextAsync();

        _rig.Health.ShouldBeSameAs(seen);
    }

    [Fact]
    public async Task Health_WhenOnlyOurOwnCodeFails_IsDelayedToo()
    {
        _rig.Watch("a");
        (await Source.NextAsync()).Fail(new InvalidOperationException("ours"));
        await _rig.Clock.ArmedAsync(ProvisioningTests.IsBackoff(1));

        await _rig.Clock.ReachAsync(3 * Second);

        var health = await _rig.HealthAfterAsync(new(true, null, null));
        health.ShouldBe(new FeedHealth(false, null, "Data in Twilio Sync could not be processed"));
    }

    [Fact]
    public async Task Health_OnceWhatIsWatchedCannotChangeAnyMore_IsLiveAgain()
    {
        _rig.Watch("a");
        var hanging = await Source.NextAsync();
        await _rig.Clock.ReachAsync(3 * Second);
        var delayed = await _rig.HealthAfterAsync(new(true, null, null));
        Source.Intervals["a"] = null;

        hanging.Fail(PollerRig.Down);
        await _rig.OutwaitAsync(failures: 1);

        var health = await _rig.HealthAfterAsync(delayed);
        if (!health.IsLive) health = await _rig.HealthAfterAsync(health);
        health.ShouldBe(new FeedHealth(true, null, null));
    }

    [Theory]
    [InlineData(401,
        "Twilio does not accept the API key for Sync: check Twilio:ApiKeySid and Twilio:ApiKeySecret (or those of Twilio:Sync), which must be of region us1")]
    [InlineData(429, "Twilio Sync is throttling requests")]
    [InlineData(503, "Twilio Sync is not available (status 503)")]
    [InlineData(null, "Twilio Sync cannot be reached")]
    public void Problem_OfAFailure_IsInWords(int? status, string words)
    {
        SyncProblem.Describe(new TwilioException("GET /v1/Services was answered …") { Status = (System.Net.HttpStatusCode?)status })
            .ShouldBe(words);
    }
}
