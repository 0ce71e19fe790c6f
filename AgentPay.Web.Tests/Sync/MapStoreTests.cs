using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sync;

[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class MapStoreTests : IAsyncLifetime, IDisposable
{
    private const string Map = SyncHost.Map;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly SandboxApp _sandbox = new();
    private SyncHost _host = null!;

    private MapStore Maps => _host.Maps;

    public async Task InitializeAsync() => _host = await SyncHost.StartReadyAsync(_sandbox);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Upsert_WhetherOrNotItIsThere_LeavesTheItem(bool isThere, bool expectNew)
    {
        if (isThere) await Maps.UpsertAsync(Map, "k", new Thing("old"), Hour, true, SyncUrgency.Normal, default);

        var revision = await Maps.UpsertAsync(Map, "k", new Thing("new"), 2 * Hour, expectNew, SyncUrgency.Normal, default);

        (await Maps.FetchAsync<Thing>(Map, "k", default)).ShouldBe(new("k", new("new"), revision, _sandbox.Clock.GetUtcNow() + (2 * Hour)));
    }

    [Fact]
    public async Task Upsert_AsExpected_CostsOneWriteAndNoRead()
    {
        var before = await _sandbox.CountAsync($"map:{Map}");

        await Maps.UpsertAsync(Map, "k", new Thing("new"), Hour, expectNew: true, SyncUrgency.Normal, default);
        await Maps.UpsertAsync(Map, "k", new Thing("newer"), Hour, expectNew: false, SyncUrgency.Normal, default);

        (await _sandbox.CountAsync($"map:{Map}")).ShouldBe((before.Reads, before.Writes + 2));
    }

    [Fact]
    public async Task Upsert_IntoAMapThatIsNotThere_MakesIt()
    {
        await Maps.UpsertAsync("history-2026-11-22", "k", new Thing("first"), Hour, expectNew: true, SyncUrgency.Normal, default);
        await Maps.UpsertAsync("history-2026-11-23", "k", new Thing("first"), Hour, expectNew: false, SyncUrgency.Normal, default);

        (await ListAsync("history-2026-11-22")).ShouldBe(["k=first"]);
        (await ListAsync("history-2026-11-23")).ShouldBe(["k=first"]);
    }

    [Fact]
    public async Task Upsert_ByManyAtOnceIntoAMapThatIsNotThere_FailsForNobody()
    {
        await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(n => Maps.UpsertAsync("new", $"k{n % 4}", new Thing("x"), Hour, n % 2 == 0, SyncUrgency.Normal, default)));

        (await ListAsync("new")).ShouldBe(["k0=x", "k1=x", "k2=x", "k3=x"]);
    }

    [Fact]
    public async Task Upsert_WhileSyncFails_LeavesTheItem()
    {
        var clock = new WatchedClock(_sandbox.Clock);
        await using var host = await SyncHost.StartReadyAsync(_sandbox, clock);
        await _sandbox.SetFaultsAsync(new { syncError = 0.25 });

        await clock.DriveAsync(Task.WhenAll(Enumerable.Range(0, 3)
            .Select(n => host.Maps.UpsertAsync(Map, $"k{n}", new Thing($"{n}"), Hour, true, SyncUrgency.Normal, default))));

        await _sandbox.SetFaultsAsync(new { });
        (await ListAsync(Map)).ShouldBe(Enumerable.Range(0, 3).Select(n => $"k{n}={n}"));
    }

    [Fact]
    public async Task Update_OverTheKnownRevision_CostsOneWriteAndNoRead()
    {
        var revision = await Maps.UpsertAsync(Map, "k", new Thing("old"), Hour, true, SyncUrgency.Normal, default);
        var before = await _sandbox.CountAsync($"map:{Map}");

        var updated = await Maps.UpdateAsync(Map, "k", new Thing("new"), revision, null, SyncUrgency.Final, default);

        updated!.Data.Text.ShouldBe("new");
        (await _sandbox.CountAsync($"map:{Map}")).ShouldBe((before.Reads, before.Writes + 1));
    }

    [Fact]
    public async Task Update_OverAnOldRevision_IsNullAndChangesNothing()
    {
        var revision = await Maps.UpsertAsync(Map, "k", new Thing("old"), Hour, true, SyncUrgency.Normal, default);
        await Maps.UpsertAsync(Map, "k", new Thing("theirs"), Hour, false, SyncUrgency.Normal, default);

        (await Maps.UpdateAsync(Map, "k", new Thing("mine"), revision, null, SyncUrgency.Normal, default)).ShouldBeNull();

        (await ListAsync(Map)).ShouldBe(["k=theirs"]);
    }

    [Fact]
    public async Task Update_OfWhatIsNotThere_IsNull()
    {
        (await Maps.UpdateAsync(Map, "k", new Thing("mine"), "0", null, SyncUrgency.Normal, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Fetch_OfWhatHasExpired_IsNull()
    {
        await Maps.UpsertAsync(Map, "k", new Thing("x"), Hour, true, SyncUrgency.Normal, default);
        _sandbox.Clock.Advance(Hour);

        (await Maps.FetchAsync<Thing>(Map, "k", default)).ShouldBeNull();
        (await Maps.FetchAsync<Thing>("no such map", "k", default)).ShouldBeNull();
    }

    [Fact]
    public async Task List_OfMoreThanAPage_GivesAllAndCostsOneReadForEachHundred()
    {
        await Task.WhenAll(Enumerable.Range(0, 120)
            .Select(n => Maps.UpsertAsync(Map, $"k{n:D3}", new Thing($"{n}"), Hour, true, SyncUrgency.Normal, default)));

        (await ListAsync(Map)).ShouldBe(Enumerable.Range(0, 120).Select(n => $"k{n:D3}={n}"));

        (await _sandbox.CountAsync($"map:{Map}")).Reads.ShouldBe(2);
    }

    [Fact]
    public async Task List_OfAMapThatIsNotThere_IsEmpty()
    {
        (await ListAsync("no such map")).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_WithAnItemOfSomebodyElse_LeavesItOutAndSaysSo()
    {
        await Maps.UpsertAsync(Map, "a", new Thing("ours"), Hour, true, SyncUrgency.Normal, default);
        await Maps.UpsertAsync(Map, "b", new { text = 5 }, Hour, true, SyncUrgency.Normal, default);
        await Maps.UpsertAsync(Map, "c", new { other = 1 }, Hour, true, SyncUrgency.Normal, default);

        (await ListAsync(Map)).ShouldBe(["a=ours"]);
        (await Maps.FetchAsync<Thing>(Map, "b", default)).ShouldBeNull();

        _host.Log.All.ShouldContain(line => line.StartsWith($"Warning: An item of the Sync map {Map} was not written by AgentPay"));
    }

    [Fact]
    public async Task Remove_OfAnItem_TakesItAwayAndIsContentWhenItIsGone()
    {
        await Maps.UpsertAsync(Map, "k", new Thing("x"), Hour, true, SyncUrgency.Normal, default);

        await Maps.RemoveAsync(Map, "k", default);
        await Maps.RemoveAsync(Map, "k", default);

        (await ListAsync(Map)).ShouldBeEmpty();
    }

    private async Task<List<string>> ListAsync(string map) =>
        await Maps.ListAsync<Thing>(map, default).Select(item => $"{item.Key}={item.Data.Text}").ToListAsync();

    public sealed record Thing
    {
        public Thing()
        {
        }

        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Thing(string text) => Text = text;

        public required string Text { get; init; }
    }
}
