using System.Net;
using System.Text.Json.Nodes;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Sandbox.Entra;
using AgentPay.Web.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Tests.Identity;

/// <summary>Access tokens of version 1.0, the default of a new app registration, have the same checks as those of version 2.0.</summary>
public sealed class AccessTokenV1Tests : IClassFixture<SharedApp>
{
    private readonly AgentPayApp _app;
    private readonly EntraForge _forge;

    public AccessTokenV1Tests(SharedApp shared) => (_app, _forge) = (shared.App, new(shared.App));

    [Fact]
    public async Task Token_OfAPerson_NamesThemAsTheirIdTokenDoes() => (await WhoAsync(V1())).Split('\n').ShouldBe(
        [
            $"oid={People.Amara}", $"tid={EntraForge.Tenant}", "name=Amara Okafor", "preferred_username=amara@agentpay.example",
            "roles=AgentPay.Agent",
        ], ignoreOrder: true);

    [Theory]
    [InlineData("iss", "https://sts.windows.net/99999999-0000-4000-8000-000000000001/", "wrong-issuer")]
    [InlineData("iss", "https://sts.windows.net/" + EntraForge.Tenant, "wrong-issuer")]
    [InlineData("iss", "https://sts.evil.example/" + EntraForge.Tenant + "/", "wrong-issuer")]
    [InlineData("aud", "https://graph.microsoft.com", "wrong-audience")]
    [InlineData("tid", "99999999-0000-4000-8000-000000000001", "wrong-tenant")]
    [InlineData("appid", null, "no-access-token")]
    public async Task Token_WithAWrongClaim_IsRefused(string claim, string? value, string why) =>
        (await WhoAsync(V1(claims => claims[claim] = value))).ShouldBe("failure=" + why);

    [Fact]
    public async Task Token_WithoutAScope_IsAnApplicationAndNoUser()
    {
        var token = V1(claims =>
        {
            claims.Remove("scp");
            claims.Remove("upn");
        });

        (await WhoAsync(token)).ShouldNotContain("preferred_username");
        (await StatusAsync(_app, token)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Token_ThatTheSandboxIssues_OpensTheApi()
    {
        using var sandbox = new SandboxApp(new() { ["Sandbox:AccessTokenVersion"] = "1" });
        using var app = LiveApp.Start(sandbox);
        using var client = new EntraClient(sandbox);
        await app.ReadyAsync();

        var tokens = await client.TokensAsync(scope: $"openid api://{EntraClient.ClientId}/access");
        var token = tokens.GetProperty("access_token").GetString()!;

        new JsonWebToken(token).Issuer.ShouldBe($"https://sts.windows.net/{EntraForge.Tenant}/");
        (await StatusAsync(app, token)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(app, tokens.GetProperty("id_token").GetString()!)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private string V1(Action<JsonObject>? spoil = null) => _forge.Token(claims =>
    {
        claims["iss"] = $"https://sts.windows.net/{EntraForge.Tenant}/";
        claims["aud"] = $"api://{EntraForge.ClientId}";
        (claims["upn"], claims["unique_name"], claims["appid"], claims["ver"]) =
            ("amara@agentpay.example", "amara@agentpay.example", "11111111-2222-3333-4444-555555555555", "1.0");
        claims.Remove("preferred_username");
        claims.Remove("azp");
        spoil?.Invoke(claims);
    });

    private async Task<string> WhoAsync(string token)
    {
        using var answer = await SendAsync(_app, $"/test/who/{IdentitySchemes.EntraBearer}", token);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpStatusCode> StatusAsync(AgentPayApp app, string token)
    {
        using var answer = await SendAsync(app, "/getSyncToken", token);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(AgentPayApp app, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        return await app.Http.SendAsync(request);
    }
}
