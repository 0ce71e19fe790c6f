using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentPay.Web.Tests.Sync;

public sealed class PollLaneTests : IAsyncDisposable
{
    private readonly LiveFeed<string, Reading> _feed = new((newer, older) => newer.Number > older.Number);
    private readonly LiveFeed<string, FeedHealth> _healths = new((newer, known) => newer != known);
    private readonly ManualClock _clock = new();
    private readonly ScriptedSource _source;
    private readonly PollLane _lane;
    private readonly List<Reader> _readers = [];
    private TimeSpan _now;

    public PollLaneTests()
    {
        _source = new(_feed, _clock);
        _lane = new(_source, 3, _healths, NullLogger.Instance);
    }

    [Fact]
    public void Failures_InARow_AreFollowedByLongerAndLongerWaits()
    {
        Watch("a");
        var waits = Enumerable.Range(1, 8).Select(_ => Poll(PollerRig.Down)).ToList();

        for (var failures = 1; failures <= 8; failures++)
            waits[failures - 1].ShouldBeInRange(TimeSpan.FromSeconds(Math.Clamp(Math.Pow(2, failures - 2), 1, 15)), Backoff.Longest);
    }

    [Fact]
    public void Success_AfterFailures_EndsTheWaits()
    {
        Watch("a");
        for (var failures = 1; failures <= 5; failures++) Poll(PollerRig.Down);

        Poll(null).ShouldBe(TimeSpan.FromSeconds(1));
        Poll(PollerRig.Down).ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Failure_OfOneKeyWhileOthersDoWell_HoldsBackThatKeyAlone()
    {
        Watch("a", "b");
        var (first, second) = (Begin(), Begin());

        _lane.Ended(second, null, _now += TimeSpan.FromSeconds(2), _clock.GetUtcNow());
        _lane.Ended(first, PollerRig.Down, _now, _clock.GetUtcNow());
        _lane.Ended(Begin(), null, _now, _clock.GetUtcNow());

        _lane.NextKey.ShouldBe(first);
        _lane.DueOf(first).ShouldBeInRange(_now + (Backoff.First / 2), _now + Backoff.First);
    }

    [Fact]
    public void Refresh_WhenNothingButOurOwnCodeFails_IsDelayedToo()
    {
        Watch("a");
        Poll(new InvalidOperationException("ours"));

        _lane.Refresh(TimeSpan.FromSeconds(3));

        _healths.Latest(_source.Name).ShouldBe(new FeedHealth(false, null, "What Twilio Sync holds could not be used"));
    }

    [Fact]
    public void Refresh_WithAShorterInterval_BringsTheNextPollForward()
    {
        _source.Intervals["a"] = TimeSpan.FromSeconds(30);
        Watch("a");
        Poll(null).ShouldBe(TimeSpan.FromSeconds(30));
        _source.Intervals["a"] = TimeSpan.FromSeconds(1);
        _now -= TimeSpan.FromSeconds(20);

        _lane.Refresh(_now);

        _lane.DueOf(_lane.NextKey!).ShouldBeLessThan(_now);
        _healths.Latest(_source.Name)!.IsLive.ShouldBeTrue();
    }

    [Fact]
    public async Task Refresh_AfterATimeInWhichNobodyWatched_SaysNothingOfTheSilenceInIt()
    {
        Watch("a");
        Begin();
        foreach (var reader in _readers) await reader.DisposeAsync();
        _lane.Refresh(_now += TimeSpan.FromSeconds(2));
        _now += TimeSpan.FromMinutes(1);

        Watch("b");

        _healths.Latest(_source.Name)!.IsLive.ShouldBeTrue();
    }

    [Fact]
    public async Task Refresh_WhenNobodyWatchesAnyMore_LeavesNothingToLookAt()
    {
        Watch("a");
        Poll(null);
        foreach (var reader in _readers) await reader.DisposeAsync();

        _lane.Refresh(_now);

        _lane.Next.ShouldBeNull();
    }

    [Fact]
    public void Refresh_WhenWhatIsWatchedCanChangeNoMore_IsLiveAgain()
    {
        Watch("a");
        for (var failures = 1; failures <= 3; failures++) Poll(PollerRig.Down);
        _healths.Latest(_source.Name)!.IsLive.ShouldBeFalse();
        _source.Intervals["a"] = null;

        _lane.Refresh(_now);

        _healths.Latest(_source.Name).ShouldBe(new FeedHealth(true, null, null));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _readers) await reader.DisposeAsync();
    }

    private void Watch(params string[] keys)
    {
        foreach (var key in keys) _readers.Add(new Reader(_feed, key));
        _lane.Refresh(_now);
    }

    private PollKey Begin()
    {
        var key = _lane.NextKey!;
        _lane.Began(key, _now);
        key.Running = Task.CompletedTask;
        return key;
    }

    /// <summary>Polls what is next, and moves on to the poll after it. Returns how long that took.</summary>
    private TimeSpan Poll(Exception? fault)
    {
        var key = Begin();
        _lane.Ended(key, fault, _now, _clock.GetUtcNow());
        var wait = _lane.DueOf(_lane.NextKey!) - _now;
        _now += wait;
        return wait;
    }
}
