using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Sync;

/// <summary>A poller and a store on the sandbox: what is read from Sync, and what screens get.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class PollingSyncTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly SandboxApp _sandbox = new();
    private readonly WatchedClock _clock;
    private SyncHost _host = null!;

    public PollingSyncTests() => _clock = new(_sandbox.Clock);

    private LiveFeed<string, Stored<Page>> Feed => _host.Get<LiveFeed<string, Stored<Page>>>();

    private DocumentStore<Page> Pages => _host.Get<DocumentStore<Page>>();

    public async Task InitializeAsync() => _host = await SyncHost.StartReadyAsync(_sandbox, _clock, services => services
        .AddSingleton(new LiveFeed<string, Stored<Page>>((newer, known) => newer.Data.Number > known.Data.Number))
        .AddHostedService<PagePoller>());

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Nobody_Watching_CostsNoRequest()
    {
        await Pages.CreateAsync("a", new(1), Hour, default);
        var before = await _sandbox.CountAsync();

        for (var minute = 0; minute < 60; minute++) _clock.Advance(TimeSpan.FromMinutes(1));

        (await _sandbox.CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Somebody_Watching_SeesWhatAnotherInstanceWrites()
    {
        await using var other = await SyncHost.StartReadyAsync(_sandbox);
        var made = await other.Get<DocumentStore<Page>>().CreateAsync("a", new(1), Hour, default);
        using var leaving = new CancellationTokenSource();
        await using var reader = Feed.WatchAsync("a", leaving.Token).GetAsyncEnumerator(leaving.Token);
        await reader.MoveNextAsync();
        reader.Current.Data.Number.ShouldBe(1);

        await other.Get<DocumentStore<Page>>().UpdateAsync("a", new(2), made.Revision, null, SyncUrgency.Normal, default);
        await _clock.ReachAsync(Second);

        await reader.MoveNextAsync();
        reader.Current.Data.Number.ShouldBe(2);
    }

    [Fact]
    public async Task Watching_WhatIsOver_CostsNothingMore()
    {
        await Pages.CreateAsync("a", new(Page.Last), Hour, default);
        using var leaving = new CancellationTokenSource();
        await using var reader = Feed.WatchAsync("a", leaving.Token).GetAsyncEnumerator(leaving.Token);
        await reader.MoveNextAsync();

        for (var minute = 0; minute < 60; minute++) _clock.Advance(TimeSpan.FromMinutes(1));

        (await _sandbox.CountAsync("document:a")).Reads.ShouldBe(1);
    }

    [Fact]
    public async Task Watching_WhileSyncFails_SaysThatUpdatesAreDelayedAndThenThatTheyAreNot()
    {
        await Pages.CreateAsync("a", new(1), Hour, default);
        await _sandbox.SetFaultsAsync(new { syncError = 1.0 });
        using var leaving = new CancellationTokenSource();
        var healths = _host.Get<LiveFeed<string, FeedHealth>>().WatchAsync("pages", leaving.Token).GetAsyncEnumerator(leaving.Token);
        await using var reader = Feed.WatchAsync("a", leaving.Token).GetAsyncEnumerator(leaving.Token);
        var page = reader.MoveNextAsync().AsTask();
        (await healths.MoveNextAsync(), healths.Current.IsLive).ShouldBe((true, true));

        (await _clock.DriveAsync(healths.MoveNextAsync().AsTask())).ShouldBeTrue();
        healths.Current.IsLive.ShouldBeFalse();

        await _sandbox.SetFaultsAsync(new { });
        (await DriveSlowlyAsync(page)).ShouldBeTrue();
        await healths.MoveNextAsync();
        if (!healths.Current.IsLive) await healths.MoveNextAsync();
        healths.Current.ShouldBe(new FeedHealth(true, healths.Current.LastGood, null));
        await healths.DisposeAsync();
    }

    private async Task<bool> DriveSlowlyAsync(Task<bool> work)
    {
        while (!work.IsCompleted)
        {
            await _sandbox.CountAsync();
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }
        return await work;
    }

    public sealed record Page(int Number)
    {
        public const int Last = 99;
    }

    public sealed class PagePoller(
        LiveFeed<string, Stored<Page>> feed, PollMonitor monitor, TimeProvider clock, DocumentStore<Page> pages)
        : FeedPoller<string, Stored<Page>>("pages", feed, monitor, clock)
    {
        private readonly LiveFeed<string, Stored<Page>> _feed = feed;

        protected override TimeSpan? IntervalOf(string key, Stored<Page>? latest) => latest?.Data.Number == Page.Last ? null : Second;

        protected override async Task PollAsync(string key, CancellationToken cancellation)
        {
            if (await pages.FetchAsync(key, cancellation) is { } page) _feed.Publish(key, page);
        }
    }
}
