using AgentPay.Web.Sync;

namespace AgentPay.Web.Tests.Sync;

public sealed class LiveFeedTests : IDisposable
{
    private sealed record Snapshot(int Version);

    private readonly LiveFeed<string, Snapshot> _feed = new((a, b) => a.Version > b.Version);
    private readonly CancellationTokenSource _leaving = new();

    [Fact]
    public async Task Watch_AfterAPublish_GetsTheLatestFirst()
    {
        _feed.Publish("a", new(1));
        _feed.Publish("a", new(2));
        await using var reader = _feed.WatchAsync("a", _leaving.Token).GetAsyncEnumerator();

        await reader.MoveNextAsync();

        reader.Current.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Publish_OfAnOlderSnapshot_IsDropped()
    {
        _feed.Publish("a", new(2));

        _feed.Publish("a", new(1)).ShouldBeFalse();
        _feed.Publish("a", new(2)).ShouldBeFalse();

        await using var reader = _feed.WatchAsync("a", _leaving.Token).GetAsyncEnumerator();
        await reader.MoveNextAsync();
        reader.Current.Version.ShouldBe(2);
    }

    [Fact]
    public async Task Watch_ByASlowReader_SkipsToTheNewest()
    {
        await using var reader = _feed.WatchAsync("a", _leaving.Token).GetAsyncEnumerator();
        var first = reader.MoveNextAsync();
        _feed.Publish("a", new(1));
        await first;

        for (var version = 2; version <= 100; version++) _feed.Publish("a", new(version));
        await reader.MoveNextAsync();

        reader.Current.Version.ShouldBe(100);
    }

    [Fact]
    public async Task Watch_OfOneKey_HearsNothingOfAnother()
    {
        await using var reader = _feed.WatchAsync("a", _leaving.Token).GetAsyncEnumerator();
        var next = reader.MoveNextAsync();

        _feed.Publish("b", new(1));

        next.IsCompleted.ShouldBeFalse();
        _feed.Publish("a", new(1));
        (await next).ShouldBeTrue();
    }

    [Fact]
    public async Task Watch_WhenCancelled_LeavesNoReader()
    {
        await using (var reader = _feed.WatchAsync("a", _leaving.Token).GetAsyncEnumerator())
        {
            var next = reader.MoveNextAsync();
            _feed.Watched.ShouldBe(["a"]);

            await _leaving.CancelAsync();

            await Should.ThrowAsync<OperationCanceledException>(async () => await next);
        }
        _feed.Watched.ShouldBeEmpty();
    }

    [Fact]
    public async Task Watch_ByTheFirstReaderOfAKey_IsAnnouncedOnce()
    {
        var began = 0;
        _feed.WatchBegan += _ => began++;
        await using var one = _feed.WatchAsync("a", _leaving.Token).GetAsyncEnumerator();
        await using var other = _feed.WatchAsync("a", _leaving.Token).GetAsyncEnumerator();
        var (first, second) = (one.MoveNextAsync().AsTask(), other.MoveNextAsync().AsTask());

        (began, _feed.Readers).ShouldBe((1, 2));

        _feed.Publish("a", new(1));
        (await first && await second).ShouldBeTrue();
    }

    [Fact]
    public async Task Watch_WhoseAnnouncementFails_LeavesNoReader()
    {
        _feed.WatchBegan += _ => throw new InvalidOperationException("listener");
        await using (var reader = _feed.WatchAsync("a", _leaving.Token).GetAsyncEnumerator())
        {
            await Should.ThrowAsync<InvalidOperationException>(async () => await reader.MoveNextAsync());
        }
        _feed.Readers.ShouldBe(0);
    }

    [Fact]
    public async Task Forget_WhileSomebodyReads_LeavesTheReader()
    {
        _feed.Publish("a", new(9));
        await using var reader = _feed.WatchAsync("a", _leaving.Token).GetAsyncEnumerator();
        await reader.MoveNextAsync();

        _feed.Forget("a");
        _feed.Publish("a", new(1)).ShouldBeTrue();

        await reader.MoveNextAsync();
        reader.Current.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Publish_FromManyThreads_EndsWithTheNewestAtEveryReader()
    {
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await foreach (var snapshot in _feed.WatchAsync("a", _leaving.Token))
                if (snapshot.Version == 1000) return snapshot.Version;
            return 0;
        })).ToArray();

        Parallel.For(1, 1001, version => _feed.Publish("a", new(version)));

        (await Task.WhenAll(readers)).ShouldAllBe(version => version == 1000);
        _feed.Latest("a")!.Version.ShouldBe(1000);
    }

    public void Dispose() => _leaving.Dispose();
}
