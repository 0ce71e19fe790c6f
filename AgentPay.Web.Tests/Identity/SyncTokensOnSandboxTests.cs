using AgentPay.Web.Tests.Sandbox.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Identity;

namespace AgentPay.Web.Tests.Identity;

/// <summary>The sandbox's Sync accepts the access tokens that AgentPay issues.</summary>
public sealed class SyncTokensOnSandboxTests(SyncFixture sandbox) : IClassFixture<SyncFixture>
{
    private static readonly SyncTokenKey Key = new(SandboxApp.AccountSid, SandboxApp.ApiKeySid, SandboxApp.ApiKeySecret);

    [Theory]
    [InlineData("maria@example.com")]
    [InlineData("zoë söhne")]
    [InlineData("a?c#d%2F&=+")]
    public async Task Token_OfOurs_LetsItsIdentityReadWhatItMayAndNothingElse(string identity)
    {
        var service = await GuardedServiceAsync();
        await service.PostAsync(
            "/Maps/payMap/Permissions/" + Uri.EscapeDataString(identity), ("Read", "true"), ("Write", "false"), ("Manage", "false"));
        var agent = As(identity, service);

        (await agent.GetAsync("/Maps/payMap/Items/PK1")).Data.ShouldBe("""{"a":1}""");
        (await agent.PostAsync("/Maps/payMap/Items/PK1", ("Data", "{}"))).Refusal.ShouldBe("403/54007");
        (await agent.DeleteAsync("/Maps/payMap/Items/PK1")).Refusal.ShouldBe("403/54007");
        (await agent.GetAsync("/Maps/uuiMap")).Refusal.ShouldBe("403/54007");
        (await As("somebody else", service).GetAsync("/Maps/payMap")).Refusal.ShouldBe("403/54007");
    }

    [Fact]
    public async Task Token_OfOurs_IsGoodForOneServiceAlone()
    {
        var (service, other) = (await GuardedServiceAsync(), await GuardedServiceAsync());

        (await other.With(sandbox.App.Anonymous, Mint("maria", service)).GetAsync("/Maps/payMap")).Refusal.ShouldBe("401/20106");
    }

    [Fact]
    public async Task Token_OfOurs_WorksUntilItExpires()
    {
        var service = await sandbox.NewServiceAsync();
        await service.PostAsync("/Maps", ("UniqueName", "payMap"));
        var agent = As("maria", service);

        sandbox.App.Clock.Advance(TimeSpan.FromMinutes(59));
        (await agent.GetAsync("/Maps/payMap")).Status.ShouldBe(200);
        sandbox.App.Clock.Advance(TimeSpan.FromMinutes(1));
        (await agent.GetAsync("/Maps/payMap")).Refusal.ShouldBe("401/20104");
    }

    [Fact]
    public async Task Token_OfTheLongestLifetime_IsAccepted()
    {
        var service = await sandbox.NewServiceAsync();
        var token = SyncAccessToken.Mint(Key, service.Sid, "maria", SyncAccessToken.LongestLifetime, sandbox.App.Clock.GetUtcNow());

        (await service.With(sandbox.App.Anonymous, token).GetAsync("/Maps")).Status.ShouldBe(200);
    }

    private SyncApi As(string identity, SyncApi service) => service.With(sandbox.App.Anonymous, Mint(identity, service));

    private string Mint(string identity, SyncApi service) =>
        SyncAccessToken.Mint(Key, service.Sid, identity, TimeSpan.FromHours(1), sandbox.App.Clock.GetUtcNow());

    private async Task<SyncApi> GuardedServiceAsync()
    {
        var service = await sandbox.NewServiceAsync(("AclEnabled", "true"));
        foreach (var map in (string[])["payMap", "uuiMap"]) await service.PostAsync("/Maps", ("UniqueName", map));
        await service.PostAsync("/Maps/payMap/Items", ("Key", "PK1"), ("Data", """{"a":1}"""));
        return service;
    }
}
