namespace AgentPay.Web.Tests.Sandbox.Sync;

/// <summary>The published rates: twenty a second for each top-level object, over ten seconds.</summary>
public sealed class RateLimitTests : IDisposable
{
    private readonly SyncFixture _sandbox = new();

    [Fact]
    public async Task Writes_OfAMap_CountAllItsItemsTogether()
    {
        var service = await NewMapAsync();
        for (var write = 1; write < 200; write++) (await service.PostAsync("/Maps/m/Items/k", ("Data", "{}"))).Status.ShouldBe(200);

        (await service.PostAsync("/Maps/m/Items", ("Key", "other"))).Refusal.ShouldBe("429/54009");
        (await service.DeleteAsync("/Maps/m/Items/k")).Refusal.ShouldBe("429/54009");
        (await service.GetAsync("/Maps/m/Items/k")).Status.ShouldBe(200);
        await service.PostAsync("/Maps", ("UniqueName", "free"));
        (await service.PostAsync("/Maps/free/Items", ("Key", "k"))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Writes_OnceTheOldestIsTenSecondsAgo_GoOnOneByOne()
    {
        var service = await NewMapAsync();
        Advance(1);
        for (var write = 1; write < 200; write++) await service.PostAsync("/Maps/m/Items/k", ("Data", "{}"));

        Advance(8.9);
        (await service.PostAsync("/Maps/m/Items/k", ("Data", "{}"))).Refusal.ShouldBe("429/54009");
        Advance(0.1);
        (await service.PostAsync("/Maps/m/Items/k", ("Data", "{}"))).Status.ShouldBe(200);
        (await service.PostAsync("/Maps/m/Items/k", ("Data", "{}"))).Refusal.ShouldBe("429/54009");
    }

    [Fact]
    public async Task Writes_AHundredASecond_PassInTheFirstTwoSecondsOfEveryTen()
    {
        var service = await NewMapAsync();
        Advance(10);

        var passed = new List<int>();
        for (var write = 0; write < 1200; write++)
        {
            if ((await service.PostAsync("/Maps/m/Items/k", ("Data", "{}"))).Status == 200) passed.Add(write);
            Advance(0.01);
        }

        passed.ShouldBe([.. Enumerable.Range(0, 200), .. Enumerable.Range(1000, 200)]);
        var sync = await _sandbox.App.Control.StatsAsync("sync");
        sync.GetProperty("throttled").GetInt32().ShouldBe(800);
        sync.GetProperty("objects").GetProperty("map:m").GetProperty("writes").GetInt32().ShouldBe(2 + 400);
    }

    [Theory]
    [InlineData(1025, 100)]
    [InlineData(10 * 1024, 20)]
    public async Task Writes_OfLargePayloads_AreFewer(int bytes, int allowed)
    {
        var service = await _sandbox.NewServiceAsync();
        await service.PostAsync("/Documents", ("UniqueName", "pay"));
        var data = $$"""{"a":"{{new string('x', bytes - 8)}}"}""";

        for (var write = 0; write < allowed; write++) (await service.PostAsync("/Documents/pay", ("Data", data))).Status.ShouldBe(200);

        (await service.PostAsync("/Documents/pay", ("Data", data))).Refusal.ShouldBe("429/54009");
    }

    [Fact]
    public async Task Writes_ManyAtOnce_PassExactlyAsManyAsAreAllowed()
    {
        var service = await NewMapAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => service.PostAsync("/Maps/m/Items/k", ("Data", "{}"))));

        (replies.Count(r => r.Status == 200), replies.Count(r => r.Status == 429)).ShouldBe((199, 101));
        (await service.GetAsync("/Maps/m/Items/k"))["revision"].ShouldBe("199");
    }

    [Fact]
    public async Task Reads_OfAnObject_AreLimitedApartFromItsWrites()
    {
        var service = await NewMapAsync();
        for (var read = 0; read < 200; read++) (await service.GetAsync("/Maps/m/Items/k")).Status.ShouldBe(200);

        (await service.GetAsync("/Maps/m")).Refusal.ShouldBe("429/54009");
        (await service.GetAsync("/Maps/m/Items")).Refusal.ShouldBe("429/54009");
        (await service.PostAsync("/Maps/m/Items/k", ("Data", "{}"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Creations_AndDeletionsOfObjects_AreLimitedByService()
    {
        var service = await _sandbox.NewServiceAsync();
        for (var pair = 0; pair < 100; pair++)
        {
            (await service.PostAsync("/Documents", ("UniqueName", "d"))).Status.ShouldBe(201);
            (await service.DeleteAsync("/Documents/d")).Status.ShouldBe(204);
        }

        (await service.PostAsync("/Lists")).Refusal.ShouldBe("429/54009");
        (await (await _sandbox.NewServiceAsync()).PostAsync("/Lists")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task PermissionCalls_AreLimitedToEightyASecond()
    {
        var service = await _sandbox.NewServiceAsync();
        await service.PostAsync("/Documents", ("UniqueName", "d"));
        for (var call = 0; call < 800; call++) (await service.GetAsync("/Documents/d/Permissions")).Status.ShouldBe(200);

        (await service.GetAsync("/Documents/d/Permissions")).Refusal.ShouldBe("429/54009");
        (await service.GetAsync("/Documents/d")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Stats_CountWhatWasProcessedByTopLevelObjectAndTheRefusedApart()
    {
        var service = await NewMapAsync();
        var document = await service.PostAsync("/Documents");
        await service.GetAsync($"/Documents/{document["sid"]}");
        await service.PostAsync("/Maps/m/Items/k", ("Data", "not json"));
        for (var write = 0; write < 201; write++) await service.PostAsync("/Maps/m/Items/k", ("Data", "{}"));

        var sync = await _sandbox.App.Control.StatsAsync("sync");

        sync.GetProperty("throttled").GetInt32().ShouldBe(2);
        sync.GetProperty("objects").GetProperty("map:m").GetRawText().ShouldBe("""{"reads":0,"writes":201}""");
        sync.GetProperty("objects").GetProperty($"document:{document["sid"]}").GetRawText().ShouldBe("""{"reads":1,"writes":1}""");
        sync.GetProperty("objects").GetProperty("service").GetRawText().ShouldBe("""{"reads":0,"writes":1}""");
    }

    [Fact]
    public async Task Faults_AfterTheFact_LeaveWhatTheRequestDid()
    {
        var service = await _sandbox.NewServiceAsync();
        await _sandbox.App.Control.SetFaultsAsync(new { syncError = 1.0 });
        var replies = new List<SyncReply>();
        for (var number = 0; number < 20; number++) replies.Add(await service.PostAsync("/Documents"));
        await _sandbox.App.Control.SetFaultsAsync(new { });

        var effective = (await service.ReadAllAsync("/Documents")).Count;

        effective.ShouldBeInRange(1, 19);
        replies.Count(r => r.Refusal == "500/20500").ShouldBe(effective);
        replies.Count(r => r.Refusal == "503/20503").ShouldBe(20 - effective);
    }

    [Fact]
    public async Task Reset_TakesAllServicesAway()
    {
        var service = await NewMapAsync();

        await _sandbox.App.Control.ResetAsync();

        (await service.GetAsync("/Maps/m")).Refusal.ShouldBe("404/20404");
        (await _sandbox.Account.ReadAllAsync("/Services")).ShouldBeEmpty();
    }

    public void Dispose() => _sandbox.Dispose();

    private async Task<SyncApi> NewMapAsync()
    {
        var service = await _sandbox.NewServiceAsync();
        await service.PostAsync("/Maps", ("UniqueName", "m"));
        await service.PostAsync("/Maps/m/Items", ("Key", "k"));
        return service;
    }

    private void Advance(double seconds) => _sandbox.App.Clock.Advance(TimeSpan.FromSeconds(seconds));
}
