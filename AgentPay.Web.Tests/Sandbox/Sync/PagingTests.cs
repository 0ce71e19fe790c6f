namespace AgentPay.Web.Tests.Sandbox.Sync;

public sealed class PagingTests(SyncFixture sandbox) : IClassFixture<SyncFixture>
{
    [Theory]
    [InlineData("", "B a b c d e")]
    [InlineData("Order=desc", "e d c b a B")]
    [InlineData("From=b", "b c d e")]
    [InlineData("From=b&Order=desc&Bounds=exclusive", "a B")]
    [InlineData("From=bb&Order=desc", "b a B")]
    public async Task Items_FollowedPageByPage_AreInOrdinalOrderFromTheKeyOn(string query, string expected)
    {
        var service = await NewMapAsync("e", "a", "B", "d", "c", "b");

        foreach (var size in (int[])[1, 2, 3, 6, 100])
        {
            var items = await service.ReadAllAsync($"/Maps/m/Items?PageSize={size}&{query}");
            string.Join(' ', Keys(items)).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("From=b")]
    [InlineData("Order=desc&From=d&Bounds=exclusive")]
    public async Task Previous_FromTheLastPage_LeadsBackToTheFirst(string query)
    {
        var service = await NewMapAsync("a", "b", "c", "d", "e", "f");
        var first = await service.GetAsync($"/Maps/m/Items?PageSize=2&{query}");
        var second = await service.GetAsync(Meta(first, "next_page_url")!);

        var back = await service.GetAsync(Meta(second, "previous_page_url")!);

        Keys(back.Json.GetProperty("items").EnumerateArray()).ShouldBe(Keys(first.Json.GetProperty("items").EnumerateArray()));
        Meta(back, "previous_page_url").ShouldBeNull();
        Meta(back, "next_page_url").ShouldBe(Meta(first, "next_page_url"));
        (Meta(back, "page"), Meta(second, "page")).ShouldBe(("0", "1"));
    }

    [Fact]
    public async Task Meta_OfAPage_HasAbsoluteUrlsWithTheQuery()
    {
        var service = await NewMapAsync("a");
        var items = (await service.GetAsync("/Maps/m"))["url"] + "/Items";

        var page = await service.GetAsync("/Maps/m/Items?From=a%20b");

        Meta(page, "first_page_url").ShouldBe($"{items}?From=a%20b&Order=asc&Bounds=inclusive&PageSize=50&Page=0");
        Meta(page, "url").ShouldBe(Meta(page, "first_page_url"));
        (Meta(page, "next_page_url"), Meta(page, "previous_page_url")).ShouldBe((null, null));
        (Meta(page, "page"), Meta(page, "page_size"), Meta(page, "key")).ShouldBe(("0", "50", "items"));
    }

    [Theory]
    [InlineData("asc")]
    [InlineData("desc")]
    public async Task Next_WhileItemsComeAndGo_StillShowsEveryStayingItemOnce(string order)
    {
        var staying = Enumerable.Range(0, 20).Select(n => $"{n:00}").ToList();
        var service = await NewMapAsync([.. staying]);
        var change = 0;
        async Task ChangeAsync()
        {
            foreach (var key in (string[])[$"00-{change}", $"10-{change}", $"19-{change}"])
                await service.PostAsync("/Maps/m/Items", ("Key", key));
            if (change > 0) await service.DeleteAsync($"/Maps/m/Items/00-{change - 1}");
            change++;
        }

        var seen = Keys(await service.ReadAllAsync($"/Maps/m/Items?PageSize=3&Order={order}", ChangeAsync));

        seen.ShouldBeUnique();
        seen.Where(staying.Contains).ShouldBe(order == "asc" ? staying : Enumerable.Reverse(staying));
    }

    [Fact]
    public async Task Next_AfterTheLastItemOfThePageIsDeleted_GoesOnBehindIt()
    {
        var service = await NewMapAsync("a", "b", "c", "d");
        var first = await service.GetAsync("/Maps/m/Items?PageSize=2");
        await service.DeleteAsync("/Maps/m/Items/b");

        Keys(await service.ReadAllAsync(Meta(first, "next_page_url")!)).ShouldBe(["c", "d"]);
    }

    [Fact]
    public async Task Items_OfAList_AreInTheOrderOfTheNumbers()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Lists", ("UniqueName", "l"));
        for (var number = 0; number < 12; number++) await service.PostAsync("/Lists/l/Items", ("Data", "{}"));

        var items = await service.ReadAllAsync("/Lists/l/Items?From=10&Order=desc&PageSize=4");

        items.Select(i => i.GetProperty("index").GetInt32()).ShouldBe([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    }

    [Fact]
    public async Task PageSize_WithoutOne_IsFifty()
    {
        var service = await NewMapAsync([.. Enumerable.Range(0, 51).Select(n => $"{n}")]);

        (await service.GetAsync("/Maps/m/Items")).Json.GetProperty("items").GetArrayLength().ShouldBe(50);
        (await service.GetAsync("/Maps/m/Items?PageSize=100")).Json.GetProperty("items").GetArrayLength().ShouldBe(51);
    }

    [Theory]
    [InlineData("Order=up", "400/54451")]
    [InlineData("Bounds=both", "400/54452")]
    [InlineData("PageSize=101", "400/54454")]
    [InlineData("PageToken=x", "400/54453")]
    public async Task Query_ThatIsInvalid_IsRefused(string query, string refusal)
    {
        var service = await NewMapAsync("a");

        (await service.GetAsync($"/Maps/m/Items?{query}")).Refusal.ShouldBe(refusal);
    }

    private async Task<SyncApi> NewMapAsync(params string[] keys)
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Maps", ("UniqueName", "m"));
        foreach (var key in keys) await service.PostAsync("/Maps/m/Items", ("Key", key));
        return service;
    }

    private static List<string> Keys(IEnumerable<System.Text.Json.JsonElement> items) =>
        [.. items.Select(i => i.GetProperty("key").GetString()!)];

    private static string? Meta(SyncReply page, string member)
    {
        var value = page.Json.GetProperty("meta").GetProperty(member);
        return value.ValueKind == System.Text.Json.JsonValueKind.Null ? null : value.ToString();
    }
}
