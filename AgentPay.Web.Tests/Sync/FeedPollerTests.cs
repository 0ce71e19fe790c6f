using AgentPay.Web.Sync;

namespace AgentPay.Web.Tests.Sync;

public sealed class FeedPollerTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private PollerRig _rig = null!;

    private ScriptedPoller Source => _rig.Poller;

    public async Task InitializeAsync() => _rig = await PollerRig.StartAsync();

    public Task DisposeAsync() => _rig.DisposeAsync().AsTask();

    [Fact]
    public async Task Watch_OfAKey_IsPolledAtOnceAndThenAtItsInterval()
    {
        var began = _rig.Clock.GetUtcNow();
        _rig.Watch("a");
        for (var number = 0; number < 4; number++)
        {
            var poll = await Source.NextAsync();
            (poll.Key, poll.At).ShouldBe(("a", began + (number * Second)));
            poll.Succeed();
            await _rig.Clock.ReachAsync(Second);
        }
    }

    [Fact]
    public async Task Watch_OfTwoKeys_PollsEachAtItsOwnInterval()
    {
        Source.Intervals["slow"] = 3 * Second;
        _rig.Watch("slow");
        (await Source.NextAsync()).Succeed();
        await _rig.Clock.ArmedAsync((3 * Second).Equals);
        _rig.Watch("fast");

        var keys = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            var poll = await Source.NextAsync();
            keys.Add(poll.Key);
            poll.Succeed();
            if (number < 3) await _rig.Clock.ReachAsync(Second);
        }

        keys[..3].ShouldBe(["fast", "fast", "fast"]);
        keys[3..].ShouldBe(["fast", "slow"], ignoreOrder: true);
    }

    [Fact]
    public async Task Watch_OfAKeyThatIsOver_IsNotPolled()
    {
        Source.Intervals["over"] = null;
        _rig.Watch("over");
        _rig.Watch("a");

        for (var number = 0; number < 3; number++)
        {
            var poll = await Source.NextAsync();
            poll.Key.ShouldBe("a");
            poll.Succeed();
            await _rig.Clock.ReachAsync(Second);
        }
    }

    [Fact]
    public async Task Watch_ThatEnds_EndsThePolling()
    {
        var reader = _rig.Watch("a");
        (await Source.NextAsync()).Succeed();
        await _rig.Clock.ArmedAsync(Second.Equals);

        await reader.DisposeAsync();
        _rig.Clock.Advance(100 * Second);
        _rig.Watch("b");

        (await Source.NextAsync()).Key.ShouldBe("b");
    }

    [Fact]
    public async Task Watch_ByASecondReader_DoesNotPollMore()
    {
        _rig.Watch("a");
        _rig.Watch("a");
        (await Source.NextAsync()).Succeed();

        await _rig.Clock.ArmedAsync(Second.Equals);

        Source.HasUnseen.ShouldBeFalse();
    }

    [Fact]
    public async Task Poll_ThatIsSlow_DelaysNoOtherKey()
    {
        _rig.Watch("slow");
        var slow = await Source.NextAsync();
        _rig.Watch("a");
        for (var number = 0; number < 4; number++)
        {
            var poll = await Source.NextAsync();
            (poll.Key, poll.At).ShouldBe(("a", slow.At + (number * Second)));
            poll.Succeed();
            await _rig.Clock.ReachAsync(Second);
        }
        slow.Result.Task.IsCompleted.ShouldBeFalse();
        _rig.Health.IsLive.ShouldBeTrue();
    }

    [Fact]
    public async Task Polls_AreAFewAtOnceAndTheRestFollow()
    {
        for (var key = 0; key < 3 * ScriptedPoller.MaxAtOnce; key++) _rig.Watch($"k{key}");
        var first = new List<BegunPoll>();
        while (first.Count < ScriptedPoller.MaxAtOnce) first.Add(await Source.NextAsync());
        Source.HasUnseen.ShouldBeFalse();

        first[0].Succeed();
        (await Source.NextAsync()).Succeed();
        foreach (var poll in first.Skip(1)) poll.Succeed();
        for (var left = (2 * ScriptedPoller.MaxAtOnce) - 1; left > 0; left--) (await Source.NextAsync()).Succeed();

        first.Select(p => p.Key).Distinct().Count().ShouldBe(ScriptedPoller.MaxAtOnce);
    }

    [Fact]
    public async Task Poll_ThatNeverEnds_IsGivenUpSoThatItsPlaceIsFree()
    {
        _rig.Watch("a");
        var hanging = await Source.NextAsync();

        await _rig.Clock.ReachAsync(Timeouts.Poll);
        await _rig.OutwaitAsync(failures: 1);

        (await Source.NextAsync()).Key.ShouldBe("a");
        hanging.Cancellation.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Failures_InARow_AreFollowedByLongerWaits()
    {
        Source.Intervals["a"] = Second / 10;
        _rig.Watch("a");
        for (var failures = 1; failures <= 3; failures++)
        {
            (await Source.NextAsync()).Fail(PollerRig.Down);
            await _rig.OutwaitAsync(failures);
        }

        (await Source.NextAsync()).Succeed();
        (await _rig.Clock.ArmedAsync((Second / 10).Equals)).ShouldBe(Second / 10);
    }

    [Fact]
    public async Task Failure_OfOneKey_DelaysNoOtherKey()
    {
        _rig.Watch("down");
        for (var failures = 1; failures <= 3; failures++)
        {
            (await Source.NextAsync()).Fail(PollerRig.Down);
            if (failures < 3) await _rig.OutwaitAsync(failures);
        }

        _rig.Watch("a");
        var began = _rig.Clock.GetUtcNow();

        (await Source.NextAsync()).At.ShouldBe(began);
    }

    [Fact]
    public async Task Failure_OfOneKeyInOurOwnCode_DelaysNoOtherKeyAndIsLogged()
    {
        _rig.Watch("broken");
        (await Source.NextAsync()).Fail(new InvalidOperationException("ours"));
        await _rig.Clock.ArmedAsync(ProvisioningTests.IsBackoff(1));

        _rig.Watch("a");

        (await Source.NextAsync()).Key.ShouldBe("a");
        _rig.Log.All.ShouldContain("Error: Polling readings failed with an unexpected exception");
    }

    [Fact]
    public async Task IntervalOf_ThatThrows_DoesNotEndThePolling()
    {
        Source.Bug = new InvalidOperationException("ours");
        _rig.Watch("a");
        await _rig.Clock.ArmedAsync(ProvisioningTests.IsBackoff(1));

        Source.Bug = null;
        await _rig.OutwaitAsync(failures: 1);

        (await Source.NextAsync()).Key.ShouldBe("a");
    }

    [Fact]
    public async Task Stop_WhileAPollIsUnderWay_CancelsIt()
    {
        _rig.Watch("a");
        var poll = await Source.NextAsync();

        await _rig.StopAsync();

        poll.Cancellation.IsCancellationRequested.ShouldBeTrue();
    }
}
