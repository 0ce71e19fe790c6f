namespace AgentPay.Web.Tests.Sandbox.Sync;

public sealed class ServiceTests(SyncFixture sandbox) : IClassFixture<SyncFixture>
{
    [Fact]
    public async Task Create_WithEveryParameter_ShowsThemAll()
    {
        var created = await sandbox.Account.PostAsync(
            "/Services", ("FriendlyName", "Pay"), ("WebhookUrl", "https://example.com/sync"), ("WebhooksFromRestEnabled", "true"),
            ("AclEnabled", "True"),
            ("ReachabilityWebhooksEnabled", "true"), ("ReachabilityDebouncingEnabled", "true"), ("ReachabilityDebouncingWindow", "30000"));

        created.Status.ShouldBe(201);
        (created["friendly_name"], created["webhook_url"], created["reachability_debouncing_window"])
            .ShouldBe(("Pay", "https://example.com/sync", "30000"));
        string[] flags = ["webhooks_from_rest_enabled", "acl_enabled", "reachability_webhooks_enabled", "reachability_debouncing_enabled"];
        flags.Select(flag => created[flag]).ShouldAllBe(value => value == "True");
        (await sandbox.Account.GetAsync($"/Services/{created["sid"]}")).Text.ShouldBe(created.Text);
    }

    [Fact]
    public async Task Create_WithNothing_HasTwiliosDefaults()
    {
        var created = await sandbox.Account.PostAsync("/Services");

        (created["friendly_name"], created["webhook_url"], created["acl_enabled"], created["reachability_debouncing_window"])
            .ShouldBe((null, null, "False", "5000"));
        created["links"]!.ShouldContain($"/sandbox/sync/v1/Services/{created["sid"]}/Documents");
    }

    [Fact]
    public async Task Update_OfOneParameter_LeavesTheOthers()
    {
        var service = await sandbox.NewServiceAsync(("FriendlyName", "Pay"), ("WebhookUrl", "https://example.com/sync"));
        sandbox.App.Clock.Advance(TimeSpan.FromMinutes(1));

        var updated = await service.PostAsync("", ("AclEnabled", "true"));

        (updated.Status, updated["friendly_name"], updated["webhook_url"], updated["acl_enabled"])
            .ShouldBe((200, "Pay", "https://example.com/sync", "True"));
        updated["date_updated"].ShouldNotBe(updated["date_created"]);
    }

    [Fact]
    public async Task Update_WithAnEmptyWebhookUrl_TakesItAway()
    {
        var service = await sandbox.NewServiceAsync(("WebhookUrl", "https://example.com/sync"));

        (await service.PostAsync("", ("WebhookUrl", "")))["webhook_url"].ShouldBeNull();
    }

    [Theory]
    [InlineData("WebhookUrl", "no url", "400/54051")]
    [InlineData("AclEnabled", "yes", "400/20001")]
    [InlineData("ReachabilityDebouncingWindow", "30001", "400/20001")]
    public async Task Create_WithAnInvalidParameter_IsRefused(string name, string value, string refusal) =>
        (await sandbox.Account.PostAsync("/Services", (name, value))).Refusal.ShouldBe(refusal);

    [Fact]
    public async Task Default_IsMadeOnFirstUseAndStaysTheSame()
    {
        var first = await sandbox.Account.GetAsync("/Services/default");
        var document = await sandbox.Account.PostAsync("/Services/default/Documents");

        (first.Status, first["unique_name"]).ShouldBe((200, "default"));
        document["service_sid"].ShouldBe(first["sid"]);
        (await sandbox.Account.GetAsync($"/Services/{first["sid"]}/Documents/{document["sid"]}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Delete_TakesEverythingInTheServiceWithIt()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Maps", ("UniqueName", "payMap"));

        (await service.DeleteAsync("")).ShouldBe(new SyncReply(204, "", null));

        (await service.GetAsync("")).Refusal.ShouldBe("404/20404");
        (await service.GetAsync("/Maps/payMap")).Refusal.ShouldBe("404/20404");
        (await service.DeleteAsync("")).Refusal.ShouldBe("404/20404");
    }

    [Fact]
    public async Task Fetch_OfWhatIsNotThere_NamesThePath()
    {
        var service = await sandbox.NewServiceAsync();

        var reply = await service.GetAsync("/Maps/payMap/Items/PK1");

        reply["message"].ShouldBe($"The requested resource /Services/{service.Sid}/Maps/payMap/Items/PK1 was not found");
    }

    [Fact]
    public async Task List_FollowedPageByPage_HasEveryServiceOnce()
    {
        using var own = new SyncFixture();
        for (var number = 0; number < 5; number++) await own.NewServiceAsync(("FriendlyName", $"service {number}"));

        var services = await own.Account.ReadAllAsync("/Services?PageSize=2");

        services.Select(s => s.GetProperty("friendly_name").GetString())
            .ShouldBe(["service 0", "service 1", "service 2", "service 3", "service 4"]);
    }

    [Fact]
    public async Task Urls_WithABaseUrlConfigured_StartWithIt()
    {
        using var app = new Support.SandboxApp(new() { ["Sandbox:BaseUrl"] = "https://box.example/" });
        var api = new SyncApi(app.Http, new Uri(app.Url, "sandbox/sync/v1").AbsoluteUri);

        var created = await api.PostAsync("/Services");

        created["url"].ShouldBe($"https://box.example/sandbox/sync/v1/Services/{created["sid"]}");
    }
}
