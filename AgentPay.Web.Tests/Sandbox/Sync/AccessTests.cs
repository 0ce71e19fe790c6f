using System.Text.Json.Nodes;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Sync;

/// <summary>What the owner of an access token may do, and with which tokens.</summary>
public sealed class AccessTests(SyncFixture sandbox) : IClassFixture<SyncFixture>
{
    public static TheoryData<string, int> SpoiltTokens => new()
    {
        { "no jwt", 20101 },
        { Spoil(header: """{"alg":"none","cty":"twilio-fpa;v=1"}"""), 20102 },
        { Spoil(secret: "another-secret-another-secret-00"), 20107 },
        { Spoil(c => c["iss"] = "SK11111111111111111111111111111111"), 20103 },
        { Spoil(c => c["exp"] = Now), 20104 },
        { Spoil(c => c["nbf"] = Now + 3600), 20105 },
        { Spoil(c => c["exp"] = Now + 86401), 20157 },
        { Spoil(c => c.Remove("grants")), 20106 },
        { Spoil(c => c["grants"]!["data_sync"] = new JsonObject()), 20106 },
    };

    private static long Now => new ManualClock().GetUtcNow().ToUnixTimeSeconds();

    [Theory]
    [MemberData(nameof(SpoiltTokens))]
    public async Task Token_ThatIsNotGood_IsRefusedWithTheReason(string token, int code)
    {
        var service = await sandbox.NewServiceAsync();

        (await service.With(sandbox.App.Anonymous, token).GetAsync("/Documents")).Refusal.ShouldBe($"401/{code}");
    }

    [Fact]
    public async Task Token_OfAnotherService_IsRefused()
    {
        var service = await sandbox.NewServiceAsync();
        var other = await sandbox.NewServiceAsync();

        (await As("agent", service, other).GetAsync("/Documents")).Refusal.ShouldBe("401/20106");
    }

    [Fact]
    public async Task Token_IsNoKeyToTheOtherApis()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "sandbox/twilio/2010-04-01/nowhere");
        request.Headers.Add("X-Twilio-Token", Token(await sandbox.NewServiceAsync(), "agent"));

        using var response = await sandbox.App.Anonymous.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).ShouldContain("20003");
    }

    [Fact]
    public async Task Nobody_WithoutCredentialsOrToken_IsLetIn()
    {
        var service = await sandbox.NewServiceAsync();

        (await new SyncApi(sandbox.App.Anonymous, service.Url).GetAsync("")).Refusal.ShouldBe("401/20003");
    }

    [Fact]
    public async Task Acl_WhenOff_LetsEveryTokenDoEverythingInsideTheService()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Maps", ("UniqueName", "m"));
        var agent = As("agent", service);

        (await agent.GetAsync("/Maps/m")).Status.ShouldBe(200);
        (await agent.GetAsync("/Maps")).Status.ShouldBe(200);
        (await agent.PostAsync("/Maps/m/Items", ("Key", "k")))["created_by"].ShouldBe("agent");
        (await agent.PostAsync("/Maps/m/Permissions/other", ("Read", "true"), ("Write", "true"), ("Manage", "true"))).Status.ShouldBe(200);
        (await agent.DeleteAsync("/Maps/m")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task Services_WithAToken_AreOutOfReach()
    {
        var service = await sandbox.NewServiceAsync();
        var agent = As("agent", service);

        (await agent.GetAsync("")).Refusal.ShouldBe("403/54007");
        (await agent.PostAsync("", ("AclEnabled", "false"))).Refusal.ShouldBe("403/54007");
        (await agent.DeleteAsync("")).Refusal.ShouldBe("403/54007");
        (await agent.GetAsync(sandbox.Account.Url + "/Services")).Refusal.ShouldBe("403/54007");
    }

    [Theory]
    [InlineData("true", "false", "false", "GET ", "GET /Items", "GET /Items/k")]
    [InlineData("false", "true", "false", "POST ", "POST /Items", "POST /Items/k", "DELETE /Items/k")]
    [InlineData("false", "false", "true", "GET /Permissions", "GET /Permissions/agent", "DELETE /Permissions/nobody", "DELETE ")]
    [InlineData("false", "false", "false")]
    public async Task Acl_WhenOn_LetsTheTokenDoWhatIsGranted(string read, string write, string manage, params string[] allowed)
    {
        var service = await NewGuardedMapAsync();
        await service.PostAsync("/Maps/m/Permissions/agent", ("Read", read), ("Write", write), ("Manage", manage));
        var agent = As("agent", service);

        foreach (var call in (string[])[
            "GET ", "GET /Items", "GET /Items/k", "GET /Permissions", "GET /Permissions/agent",
            "POST ", "POST /Items", "POST /Items/k", "DELETE /Items/k", "DELETE /Permissions/nobody", "DELETE "])
        {
            (call, await IsAllowedAsync(agent, call)).ShouldBe((call, allowed.Contains(call)));
        }
    }

    [Fact]
    public async Task Acl_WhenOn_ShowsNoListOfObjects()
    {
        var service = await NewGuardedMapAsync();

        (await As("agent", service).GetAsync("/Maps")).Refusal.ShouldBe("403/54007");
        (await service.GetAsync("/Maps")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Acl_WhenOn_LetsACreatorOwnWhatItMade()
    {
        var service = await NewGuardedMapAsync();
        var agent = As("agent", service);

        (await agent.PostAsync("/Documents", ("UniqueName", "mine")))["created_by"].ShouldBe("agent");

        (await agent.PostAsync("/Documents/mine", ("Data", "{}"))).Status.ShouldBe(200);
        (await As("other", service).GetAsync("/Documents/mine")).Refusal.ShouldBe("403/54007");
        (await service.GetAsync("/Documents/mine/Permissions/agent"))["manage"].ShouldBe("True");
        (await agent.DeleteAsync("/Documents/mine")).Status.ShouldBe(204);
    }

    private static string Spoil(Action<JsonObject>? spoil = null, string header = SyncTokens.Header,
        string secret = SandboxApp.ApiKeySecret) =>
        SyncTokens.Make("default", "agent", new ManualClock().GetUtcNow(), spoil, header, secret);

    private static async Task<bool> IsAllowedAsync(SyncApi agent, string call)
    {
        var (method, path) = (call[..call.IndexOf(' ')], "/Maps/m" + call[(call.IndexOf(' ') + 1)..]);
        var reply = method switch
        {
            "GET" => await agent.GetAsync(path),
            "POST" => await agent.PostAsync(path, ("Key", "new"), ("Data", "{}"), ("Ttl", "0")),
            _ => await agent.DeleteAsync(path),
        };
        return reply.Status != 403;
    }

    private async Task<SyncApi> NewGuardedMapAsync()
    {
        var service = await sandbox.NewServiceAsync(("AclEnabled", "true"));
        await service.PostAsync("/Maps", ("UniqueName", "m"));
        await service.PostAsync("/Maps/m/Items", ("Key", "k"));
        return service;
    }

    private SyncApi As(string identity, SyncApi service, SyncApi? addressed = null) =>
        (addressed ?? service).With(sandbox.App.Anonymous, Token(service, identity));

    private string Token(SyncApi service, string identity) => SyncTokens.Make(service.Sid, identity, sandbox.App.Clock.GetUtcNow());
}
