using System.Net;
using System.Text.Json;
using AgentPay.Web.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Tests.Sandbox.Entra;

/// <summary>What an app registration can change about tokens, and what a tenant does by itself.</summary>
public sealed class RegistrationTests
{
    private const string ApiScope = $"openid profile api://{EntraClient.ClientId}/access";

    [Fact]
    public async Task AccessToken_OfVersionOne_HasTheClaimsOfThatVersion()
    {
        using var sandbox = new SandboxApp(new() { ["Sandbox:AccessTokenVersion"] = "1" });
        using var client = new EntraClient(sandbox);

        var token = new JsonWebToken((await client.TokensAsync(scope: ApiScope)).GetProperty("access_token").GetString());

        token.Issuer.ShouldBe($"https://sts.windows.net/{EntraClient.Tenant}/");
        token.Audiences.ShouldBe([$"api://{EntraClient.ClientId}"]);
        foreach (var (claim, value) in new[] { ("ver", "1.0"), ("appid", EntraClient.ClientId), ("upn", "amara@agentpay.example"),
            ("scp", "access") })
            token.GetPayloadValue<string>(claim).ShouldBe(value);
        token.TryGetPayloadValue<string>("preferred_username", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Tokens_WithGroupClaims_CarryGroupsInPlaceOfRoles()
    {
        using var sandbox = new SandboxApp(new() { ["Sandbox:GroupClaims"] = "true" });
        using var client = new EntraClient(sandbox);

        var token = new JsonWebToken((await client.TokensAsync()).GetProperty("id_token").GetString());

        token.GetPayloadValue<string[]>("groups")
            .ShouldBe(["00000000-0000-4000-8000-0000000000e0", "00000000-0000-4000-8000-0000000000e1"]);
        token.TryGetPayloadValue<string[]>("roles", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("upn", "upn oid")]
    [InlineData("objectid", "oid")]
    [InlineData("email", "email")]
    [InlineData("nameless", "")]
    public async Task IdToken_WithAMissingName_HasTheOthersOnly(string fault, string names)
    {
        using var sandbox = new SandboxApp();
        using var client = new EntraClient(sandbox);

        var token = new JsonWebToken((await client.TokensAsync(fault: fault)).GetProperty("id_token").GetString());

        string.Join(' ', ((string[])["preferred_username", "upn", "oid", "email"])
            .Where(claim => token.TryGetPayloadValue<string>(claim, out _))).ShouldBe(names);
    }

    [Fact]
    public async Task Keys_RolledOver_SignWithTheNewOneAndKeepTheOldOnePublished()
    {
        using var sandbox = new SandboxApp();
        using var client = new EntraClient(sandbox);
        var before = (await client.TokensAsync()).GetProperty("id_token").GetString()!;

        (await sandbox.Anonymous.PostAsync("sandbox/control/entra/rollover", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var after = (await client.TokensAsync()).GetProperty("id_token").GetString()!;
        new JsonWebToken(after).Kid.ShouldNotBe(new JsonWebToken(before).Kid);
        (await client.ValidateAsync(after)).IsValid.ShouldBeTrue();
        (await client.ValidateAsync(before)).IsValid.ShouldBeTrue();

        (await sandbox.Anonymous.PostAsync("sandbox/control/entra/rollover", null)).Dispose();
        (await client.ValidateAsync(before)).IsValid.ShouldBeFalse();
    }
}
