namespace AgentPay.Web.Tests.Sandbox.Sync;

public sealed class ItemTests(SyncFixture sandbox) : IClassFixture<SyncFixture>
{
    [Fact]
    public async Task Create_InAMap_ShowsTheItemUnderItsKey()
    {
        var service = await sandbox.NewServiceAsync();
        var map = await service.PostAsync("/Maps", ("UniqueName", "payMap"));

        var item = await service.PostAsync("/Maps/payMap/Items", ("Key", "PK1"), ("Data", """{"a":1}"""));

        (item.Status, item["key"], item["map_sid"], item["revision"], item.ETag, item.Data)
            .ShouldBe((201, "PK1", map["sid"], "0", "\"0\"", """{"a":1}"""));
        item["url"].ShouldBe($"{service.Url}/Maps/{map["sid"]}/Items/PK1");
        (await service.GetAsync("/Maps/payMap/Items/PK1")).ShouldBe(item with { Status = 200 });
    }

    [Theory]
    [InlineData("Maps", "54205")]
    [InlineData("Lists", "54155")]
    public async Task IfMatch_OnUpdateAndDelete_MustBeTheCurrentRevision(string kind, string mismatch)
    {
        var item = await NewItemAsync(kind);
        await item.PostAsync("", ("Data", """{"a":1}"""));

        (await item.PostIfAsync("0", "", ("Data", "{}"))).Refusal.ShouldBe($"412/{mismatch}");
        (await item.DeleteAsync("", "\"0\"")).Refusal.ShouldBe($"412/{mismatch}");
        (await item.DeleteAsync("", "?")).Refusal.ShouldBe("400/54003");
        (await item.PostIfAsync("\"1\"", "", ("Data", "{}")))["revision"].ShouldBe("2");
        (await item.DeleteAsync("", "2")).Status.ShouldBe(204);
        (await item.GetAsync("")).Refusal.ShouldBe("404/20404");
    }

    [Theory]
    [InlineData("Maps", "400/54206")]
    [InlineData("Lists", "400/54156")]
    public async Task Data_ThatIsNoObject_HasACodeOfItsOwn(string kind, string refusal)
    {
        var item = await NewItemAsync(kind);

        (await item.PostAsync("", ("Data", "[]"))).Refusal.ShouldBe(refusal);
        (await item.PostAsync("", ("Data", "["))).Refusal.ShouldBe("400/54008");
        (await item.PostAsync("", ("CollectionTtl", "60"))).Refusal.ShouldBe("400/54010");
        (await item.PostAsync("")).Refusal.ShouldBe("400/54010");
    }

    [Theory]
    [InlineData("Maps")]
    [InlineData("Lists")]
    public async Task IfMatch_OfManyAtOnce_LetsExactlyOneWin(string kind)
    {
        var item = await NewItemAsync(kind);

        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => n % 2 == 0
            ? item.PostIfAsync("0", "", ("Data", "{}"))
            : item.DeleteAsync("", "0")));

        replies.Count(r => r.Status is 200 or 204).ShouldBe(1);
        replies.Where(r => r.Status >= 400).ShouldAllBe(r => r.Status == 412 || r.Status == 404);
    }

    [Fact]
    public async Task Create_OfAKeyThatExists_IsAConflict()
    {
        var service = await NewMapAsync();
        await service.PostAsync("/Maps/payMap/Items", ("Key", "PK1"));

        (await service.PostAsync("/Maps/payMap/Items", ("Key", "PK1"))).Refusal.ShouldBe("409/54208");
    }

    [Fact]
    public async Task Create_OfOneKeyInParallel_SucceedsOnce()
    {
        var service = await NewMapAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => service.PostAsync("/Maps/payMap/Items", ("Key", "race"))));

        replies.GroupBy(r => r.Status).ToDictionary(g => g.Key, g => g.Count())
            .ShouldBe(new Dictionary<int, int> { [201] = 1, [409] = 19 }, ignoreOrder: true);
    }

    [Theory]
    [InlineData(0, "400/54209")]
    [InlineData(320, "201, not refused")]
    [InlineData(321, "400/54209")]
    public async Task Create_WithAKey_TakesUpTo320Characters(int length, string refusal)
    {
        var service = await NewMapAsync();

        (await service.PostAsync("/Maps/payMap/Items", ("Key", new string('k', length)))).Refusal.ShouldBe(refusal);
    }

    [Fact]
    public async Task Create_WithoutAKey_IsRefused()
    {
        var service = await NewMapAsync();

        (await service.PostAsync("/Maps/payMap/Items", ("Data", "{}"))).Refusal.ShouldBe("400/54209");
    }

    [Fact]
    public async Task Update_OfAnAbsentKey_IsNoUpsert()
    {
        var service = await NewMapAsync();

        (await service.PostAsync("/Maps/payMap/Items/PK1", ("Data", "{}"))).Refusal.ShouldBe("404/20404");
        (await service.DeleteAsync("/Maps/payMap/Items/PK1")).Refusal.ShouldBe("404/20404");
    }

    [Theory]
    [InlineData("a b+c&d=e?f#g%h")]
    [InlineData("é漢😀")]
    public async Task Key_WithAnyCharacter_IsAddressedUrlEncoded(string key)
    {
        var service = await NewMapAsync();
        var created = await service.PostAsync("/Maps/payMap/Items", ("Key", key));

        created["key"].ShouldBe(key);
        (await service.GetAsync($"/Maps/payMap/Items/{Uri.EscapeDataString(key)}"))["key"].ShouldBe(key);
        (await service.GetAsync(created["url"]!))["key"].ShouldBe(key);
    }

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("..", "..")]
    public async Task Key_WithASlashOrOnlyDots_CannotBeAddressed(string key, string path)
    {
        var service = await NewMapAsync();
        await service.PostAsync("/Maps/payMap/Items", ("Key", key));

        (await service.DeleteAsync($"/Maps/payMap/Items/{path}")).Refusal.ShouldBe("404/20404");

        (await service.ReadAllAsync("/Maps/payMap/Items")).ShouldHaveSingleItem().GetProperty("key").GetString().ShouldBe(key);
    }

    [Fact]
    public async Task Index_OfAList_IsNeverUsedAgain()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Lists", ("UniqueName", "log"));
        for (var number = 0; number < 3; number++) await service.PostAsync("/Lists/log/Items", ("Data", "{}"));
        await service.DeleteAsync("/Lists/log/Items/2");

        (await service.PostAsync("/Lists/log/Items", ("Data", "{}")))["index"].ShouldBe("3");

        (await service.ReadAllAsync("/Lists/log/Items")).Select(i => i.GetProperty("index").GetInt32()).ShouldBe([0, 1, 3]);
    }

    [Theory]
    [InlineData("first")]
    public async Task Index_ThatIsNoNumber_IsRefused(string index)
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Lists", ("UniqueName", "log"));

        (await service.GetAsync($"/Lists/log/Items/{index}")).Refusal.ShouldBe("400/54458");
        (await service.GetAsync($"/Lists/log/Items?From={index}")).Refusal.ShouldBe("400/54458");
    }

    private async Task<SyncApi> NewMapAsync()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Maps", ("UniqueName", "payMap"));
        return service;
    }

    private async Task<SyncApi> NewItemAsync(string kind)
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync($"/{kind}", ("UniqueName", "x"));
        var item = await service.PostAsync($"/{kind}/x/Items", ("Key", "k"), ("Data", "{}"));
        return new(sandbox.App.Http, item["url"]!);
    }
}
