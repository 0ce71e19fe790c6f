namespace AgentPay.Web.Tests.Sandbox.Sync;

/// <summary>What documents, lists, maps and streams have in common.</summary>
public sealed class ObjectTests(SyncFixture sandbox) : IClassFixture<SyncFixture>
{
    public static TheoryData<string> Kinds => ["Documents", "Lists", "Maps", "Streams"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Fetch_BySidAndByUniqueName_GivesTheSame(string kind)
    {
        var service = await sandbox.NewServiceAsync();
        var created = await service.PostAsync($"/{kind}", ("UniqueName", "pay:é/7"));

        created.Status.ShouldBe(201);
        (created["unique_name"], created["created_by"], created["date_expires"]).ShouldBe(("pay:é/7", "system", null));
        (await service.GetAsync($"/{kind}/{created["sid"]}")).Text.ShouldBe(created.Text);
        created["url"].ShouldBe($"{service.Url}/{kind}/{created["sid"]}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Create_WithATakenUniqueName_IsAConflict(string kind)
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync($"/{kind}", ("UniqueName", "taken"));

        (await service.PostAsync($"/{kind}", ("UniqueName", "taken"))).Refusal.ShouldBe("409/54301");
    }

    [Theory]
    [InlineData(0, "400/54302")]
    [InlineData(320, "201, not refused")]
    [InlineData(321, "400/54302")]
    public async Task Create_WithAUniqueName_TakesUpTo320Characters(int length, string refusal)
    {
        var service = await sandbox.NewServiceAsync();

        (await service.PostAsync("/Maps", ("UniqueName", new string('é', length)))).Refusal.ShouldBe(refusal);
    }

    [Fact]
    public async Task Create_TheSameNameForAnotherKind_IsNoConflict()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Maps", ("UniqueName", "same"));

        (await service.PostAsync("/Documents", ("UniqueName", "same"))).Status.ShouldBe(201);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Create_InParallelWithOneName_SucceedsOnce(string kind)
    {
        var service = await sandbox.NewServiceAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => service.PostAsync($"/{kind}", ("UniqueName", "race"))));

        replies.Count(r => r.Status == 201).ShouldBe(1);
        replies.Where(r => r.Status != 201).Select(r => r.Refusal).ShouldAllBe(refusal => refusal == "409/54301");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Delete_FreesTheUniqueName(string kind)
    {
        var service = await sandbox.NewServiceAsync();
        var first = await service.PostAsync($"/{kind}", ("UniqueName", "again"));

        (await service.DeleteAsync($"/{kind}/again")).Status.ShouldBe(204);

        (await service.GetAsync($"/{kind}/{first["sid"]}")).Refusal.ShouldBe("404/20404");
        (await service.DeleteAsync($"/{kind}/again")).Refusal.ShouldBe("404/20404");
        (await service.PostAsync($"/{kind}", ("UniqueName", "again"))).Status.ShouldBe(201);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Update_WithoutAnyParameter_IsRefused(string kind)
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync($"/{kind}", ("UniqueName", "x"));

        (await service.PostAsync($"/{kind}/x", ("Nonsense", "1"))).Refusal.ShouldBe("400/54010");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task List_FollowedPageByPage_HasEveryObjectOnceAsCreated(string kind)
    {
        var service = await sandbox.NewServiceAsync();
        for (var number = 0; number < 7; number++) await service.PostAsync($"/{kind}", ("UniqueName", $"{7 - number}"));

        var objects = await service.ReadAllAsync($"/{kind}?PageSize=3");

        objects.Select(o => o.GetProperty("unique_name").GetString()).ShouldBe(["7", "6", "5", "4", "3", "2", "1"]);
    }

    [Fact]
    public async Task Publish_OfAMessage_GivesItBackWithASid()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Streams", ("UniqueName", "news"));

        var message = await service.PostAsync("/Streams/news/Messages", ("Data", """{"a":1}"""));

        (message.Status, message.Data).ShouldBe((201, """{"a":1}"""));
        message["sid"]!.ShouldStartWith("TZ");
    }

    [Theory]
    [InlineData(null, "400/20001")]
    [InlineData("{", "400/54008")]
    [InlineData("[]", "400/54251")]
    public async Task Publish_OfAnInvalidMessage_IsRefused(string? data, string refusal)
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Streams", ("UniqueName", "news"));

        (await service.PostAsync("/Streams/news/Messages", data is null ? [] : [("Data", data)])).Refusal.ShouldBe(refusal);
        (await service.PostAsync("/Streams/news/Messages", ("Data", $"{{\"a\":\"{new string('x', 4096)}\"}}"))).Refusal
            .ShouldBe("413/54006");
    }
}
