using System.Globalization;
using System.Runtime.CompilerServices;
using AgentPay.Web.Sandbox.Sync;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Sandbox.Sync;

public sealed class TtlTests(SyncFixture sandbox) : IClassFixture<SyncFixture>
{
    [Theory]
    [InlineData("Documents", "Ttl")]
    [InlineData("Lists", "Ttl")]
    [InlineData("Lists", "CollectionTtl")]
    [InlineData("Maps", "Ttl")]
    [InlineData("Maps", "CollectionTtl")]
    [InlineData("Streams", "Ttl")]
    public async Task Object_OnceExpired_IsGoneAndItsNameIsFree(string kind, string ttl)
    {
        var service = await sandbox.NewServiceAsync();
        var created = await service.PostAsync($"/{kind}", ("UniqueName", "brief"), (ttl, "60"));

        created["date_expires"].ShouldBe(In(60));
        Advance(59.9);
        (await service.GetAsync($"/{kind}/brief")).Status.ShouldBe(200);
        Advance(0.1);
        (await service.GetAsync($"/{kind}/brief")).Refusal.ShouldBe("404/20404");
        (await service.GetAsync($"/{kind}/{created["sid"]}")).Refusal.ShouldBe("404/20404");
        (await service.ReadAllAsync($"/{kind}")).ShouldBeEmpty();
        (await service.PostAsync($"/{kind}", ("UniqueName", "brief"))).Status.ShouldBe(201);
    }

    [Theory]
    [InlineData("Ttl")]
    [InlineData("ItemTtl")]
    public async Task Item_OnceExpired_IsGoneAndItsKeyIsFree(string ttl)
    {
        var service = await NewMapAsync();
        await service.PostAsync("/Maps/m/Items", ("Key", "stays"));
        await service.PostAsync("/Maps/m/Items", ("Key", "brief"), (ttl, "60"));

        Advance(60);

        (await service.GetAsync("/Maps/m/Items/brief")).Refusal.ShouldBe("404/20404");
        (await service.PostAsync("/Maps/m/Items/brief", ("ItemTtl", "0"))).Refusal.ShouldBe("404/20404");
        (await service.ReadAllAsync("/Maps/m/Items")).ShouldHaveSingleItem().GetProperty("key").GetString().ShouldBe("stays");
        (await service.PostAsync("/Maps/m/Items", ("Key", "brief")))["revision"].ShouldBe("0");
    }

    [Fact]
    public async Task Items_OfAnExpiredMap_AreGoneWithIt()
    {
        var service = await NewMapAsync(("Ttl", "60"));
        await service.PostAsync("/Maps/m/Items", ("Key", "k"));

        Advance(60);

        (await service.GetAsync("/Maps/m/Items/k")).Refusal.ShouldBe("404/20404");
        await service.PostAsync("/Maps", ("UniqueName", "m"));
        (await service.ReadAllAsync("/Maps/m/Items")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ttl_GivenBesideTheNameItStandsFor_IsIgnored()
    {
        var service = await NewMapAsync();

        (await service.PostAsync("/Maps", ("Ttl", "10"), ("CollectionTtl", "60")))["date_expires"].ShouldBe(In(60));
        (await service.PostAsync("/Maps/m/Items", ("Key", "k"), ("Ttl", "nonsense"), ("ItemTtl", "60")))["date_expires"].ShouldBe(In(60));
    }

    [Fact]
    public async Task Update_WithoutATtl_LeavesTheExpiryAndZeroTakesItAway()
    {
        var service = await sandbox.NewServiceAsync();
        var created = await service.PostAsync("/Documents", ("UniqueName", "pay"), ("Ttl", "60"));
        Advance(30);

        (await service.PostAsync("/Documents/pay", ("Data", "{}")))["date_expires"].ShouldBe(created["date_expires"]);
        (await service.PostAsync("/Documents/pay", ("Ttl", "60")))["date_expires"].ShouldBe(In(60));
        (await service.PostAsync("/Documents/pay", ("Ttl", "0")))["date_expires"].ShouldBeNull();
        Advance(3600);
        (await service.GetAsync("/Documents/pay")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task CollectionTtl_OnAnItem_ResetsTheExpiryOfItsParent()
    {
        var service = await NewMapAsync(("Ttl", "60"));
        Advance(30);

        await service.PostAsync("/Maps/m/Items", ("Key", "k"), ("CollectionTtl", "100"));
        (await service.GetAsync("/Maps/m"))["date_expires"].ShouldBe(In(100));
        await service.PostAsync("/Maps/m/Items/k", ("Data", "{}"), ("CollectionTtl", "0"));

        (await service.GetAsync("/Maps/m"))["date_expires"].ShouldBeNull();
        (await service.GetAsync("/Maps/m/Items/k"))["date_expires"].ShouldBeNull();
    }

    [Theory]
    [InlineData("31536000", "201, not refused")]
    [InlineData("31536001", "400/54011")]
    [InlineData("-1", "400/54011")]
    public async Task Ttl_IsAWholeNumberOfSecondsUpToAYear(string ttl, string refusal)
    {
        var service = await NewMapAsync();

        (await service.PostAsync("/Documents", ("Ttl", ttl))).Refusal.ShouldBe(refusal);
        (await service.PostAsync("/Maps", ("CollectionTtl", ttl))).Refusal.ShouldBe(refusal);
        (await service.PostAsync("/Maps/m/Items", ("Key", "k"), ("ItemTtl", ttl))).Refusal.ShouldBe(refusal);
    }

    [Fact]
    public void Memory_OfWhatHasExpired_IsFreedThoughNobodyAsksForIt()
    {
        var clock = new ManualClock();
        using var services = new SyncServices(sandbox.App.Services.GetRequiredService<SyncWebhooks>(), clock);
        var expiring = FillWithExpiring(services, clock);

        clock.Advance(TimeSpan.FromMinutes(11));
        GC.Collect();

        expiring.ShouldAllBe(reference => !reference.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> FillWithExpiring(SyncServices services, ManualClock clock)
    {
        var service = services.Create(new());
        var write = new SyncWrite(SyncCaller.Account, clock.GetUtcNow());
        var map = service[ObjectKind.Map].Create(ObjectName.New(ObjectKind.Map, "stays"), new(), write);
        var item = map.Items.Create("k", new(Ttl: 60), write);
        var document = service[ObjectKind.Document].Create(ObjectName.New(ObjectKind.Document, "goes"), new(Ttl: 60), write);
        return [new(item), new(document)];
    }

    private async Task<SyncApi> NewMapAsync(params (string, string)[] form)
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Maps", [("UniqueName", "m"), .. form]);
        return service;
    }

    private string In(int seconds) =>
        sandbox.App.Clock.GetUtcNow().AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private void Advance(double seconds) => sandbox.App.Clock.Advance(TimeSpan.FromSeconds(seconds));
}
