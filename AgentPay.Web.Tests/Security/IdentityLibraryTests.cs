using System.Net;
using System.Text.Json.Nodes;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Security;

/// <summary>
/// Settings that make Microsoft.Identity.Web stricter. Other settings are tested together with their behaviour (docs/security.md).
/// </summary>
public sealed class IdentityLibraryTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private readonly AgentPayApp _app = shared.App;

    [Fact]
    public async Task SignIn_Begun_AsksForACodeInTheQuery()
    {
        using var away = await new HttpBrowser(_app.Url).GoAsync("/signin");

        var query = QueryHelpers.ParseQuery(away.Headers.Location!.Query);
        (query["response_type"].ToString(), query["code_challenge_method"].ToString()).ShouldBe(("code", "S256"));
        // The default response mode of a code is the query (OAuth 2.0 Multiple Response Types, 2.1).
        query.GetValueOrDefault("response_mode").ToString().ShouldBeOneOf("", "query");
    }

    [Theory]
    [InlineData("/signout-oidc")]
    [InlineData("/signout-oidc?iss=https%3A%2F%2Flogin.microsoftonline.com&sid=1")]
    public async Task SignOut_ByALinkToTheLibrarysPath_LeavesTheSession(string path)
    {
        using var browser = new HttpBrowser(_app.Url);
        (await browser.SignInAsync(People.Amara)).Dispose();

        (await browser.GoAsync(path)).Dispose();
        (await browser.SubmitAsync(path, [])).Dispose();

        using var session = await browser.FetchAsync(HttpMethod.Get, "/session");
        session.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Session_OfAPersonInTwoHundredGroups_IsOneSmallCookie()
    {
        await using var entra = await ForgingEntra.StartAsync();
        using var sandbox = new SandboxApp();
        using var app = new AgentPayApp(LiveSettings.Of(sandbox, entra.Url + "/", LiveApp.PublicBaseUrl));
        await app.ReadyAsync();
        using var browser = new HttpBrowser(app.Url);
        using var away = await browser.GoAsync("/signin");
        var asked = QueryHelpers.ParseQuery(away.Headers.Location!.Query);
        var claims = entra.Claims(asked["nonce"]!, app.Clock);
        claims["groups"] = new JsonArray([.. Enumerable.Range(0, 200).Select(_ => JsonValue.Create(Guid.NewGuid().ToString()))]);
        claims["roles"] = new JsonArray(
            [.. Enumerable.Range(0, 50).Select(n => JsonValue.Create($"Another.Role.{n}")), JsonValue.Create("AgentPay.Agent")]);
        entra.IdToken = EntraForge.Sign(ForgingEntra.Header(), claims, ForgingEntra.Key);

        (await browser.GoAsync("/signin-oidc?code=any&state=" + Uri.EscapeDataString(asked["state"]!))).Dispose();

        var cookie = browser.Cookies.Single(c => c.Name.StartsWith("agentpay", StringComparison.Ordinal));
        cookie.Value.Length.ShouldBeLessThan(2000);
    }

    [Fact]
    public async Task SignOut_WhereEntraPublishesNoEndpointForIt_EndsHere()
    {
        await using var entra = await ForgingEntra.StartAsync();
        using var sandbox = new SandboxApp();
        using var app = new AgentPayApp(LiveSettings.Of(sandbox, entra.Url + "/", LiveApp.PublicBaseUrl));
        await app.ReadyAsync();
        using var browser = new HttpBrowser(app.Url);
        using var away = await browser.GoAsync("/signin");
        var asked = QueryHelpers.ParseQuery(away.Headers.Location!.Query);
        entra.IdToken = EntraForge.Sign(ForgingEntra.Header(), entra.Claims(asked["nonce"]!, app.Clock), ForgingEntra.Key);
        (await browser.GoAsync("/signin-oidc?code=any&state=" + Uri.EscapeDataString(asked["state"]!))).Dispose();
        using var page = await browser.GoAsync("/denied?reason=no-role");

        using var end = await browser.SubmitAsync("/signout", await People.SignOutFormAsync(page));

        end.Headers.Location!.OriginalString.ShouldBe("/signed-out");
        browser.ShouldHaveNoSession();
    }

    /// <summary>Entra's token endpoint never redirects. A redirect could send a client secret to another server.</summary>
    [Fact]
    public async Task Discovery_ThatRedirects_IsNotFollowed()
    {
        await using var entra = await ForgingEntra.StartAsync();
        await using var redirecting = await WebhookListener.StartAsync();
        using var sandbox = new SandboxApp();
        using var app = new AgentPayApp(LiveSettings.Of(sandbox, redirecting.Url, LiveApp.PublicBaseUrl));
        redirecting.Script($"/{ForgingEntra.Tenant}/v2.0/.well-known/openid-configuration", (context, _) =>
        {
            context.Response.Redirect($"{entra.Issuer}/.well-known/openid-configuration");
            return Task.CompletedTask;
        });
        await app.ReadyAsync();

        using var denied = await new HttpBrowser(app.Url).GoAsync("/signin");

        denied.Headers.Location!.OriginalString.ShouldStartWith("/denied?reason=entra-unreachable");
    }

    [Fact]
    public void Backchannel_WaitsTenSecondsForSignInDiscoveryAndKeys()
    {
        var backchannel = _app.Services.GetRequiredService<EntraBackchannel>().Http;

        backchannel.Timeout.ShouldBe(TimeSpan.FromSeconds(10));
        _app.Services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(IdentitySchemes.SignIn).Backchannel
            .ShouldBeSameAs(backchannel);
    }

    [Theory]
    [InlineData(IdentitySchemes.Session)]
    [InlineData(IdentitySchemes.SignIn)]
    [InlineData(IdentitySchemes.EntraBearer)]
    public async Task AppServiceHeader_Forged_SignsInNobody(string scheme)
    {
        var forge = new EntraForge(_app);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/test/who/{scheme}");
        var claims = new JsonObject(forge.Claims().Select(c => KeyValuePair.Create(c.Key, c.Value?.DeepClone())))
        {
            ["roles"] = new JsonArray("AgentPay.Admin"),
        };
        var admin = EntraForge.Sign(forge.Header("none"), claims, _ => []);
        request.Headers.Add("X-MS-TOKEN-AAD-ID-TOKEN", admin);
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL-IDP", "aad");

        using var answer = await _app.Http.SendAsync(request);

        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("failure=");
    }

    [Fact]
    public async Task AppServiceAuthentication_IsNoSchemeHere()
    {
        var schemes = await _app.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetAllSchemesAsync();

        schemes.Select(scheme => scheme.Name).Order().ShouldBe(
        [
            IdentitySchemes.SignIn, IdentitySchemes.EntraBearer, IdentitySchemes.Session,
            IdentitySchemes.SessionOrEntraBearer, IdentitySchemes.SyncBearer,
        ]);
    }
}
