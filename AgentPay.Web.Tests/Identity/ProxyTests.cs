using System.Net;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Tests.Identity;

/// <summary>AgentPay behind a proxy that terminates https. Only the public base URL tells AgentPay about it.</summary>
public sealed class ProxyTests : IDisposable
{
    private const string PublicBaseUrl = "https://localhost:7443";

    private readonly AgentPayApp _app = IdentityApp.Start(settings: new() { ["AgentPay:PublicBaseUrl"] = PublicBaseUrl + "/" });
    private readonly HttpBrowser _browser;

    public ProxyTests() => _browser = new(_app.Url);

    [Fact]
    public async Task SignIn_Begun_NamesThePublicCallback()
    {
        using var away = await _browser.GoAsync("/");

        QueryHelpers.ParseQuery(away.Headers.Location!.Query)["redirect_uri"].ToString().ShouldBe(PublicBaseUrl + "/signin-oidc");
    }

    [Fact]
    public async Task SignIn_ThroughTheProxy_Works()
    {
        using var back = await SignInAsync();

        back.Headers.Location!.OriginalString.ShouldBe("/pay");
        using var page = await _browser.FollowAsync(back);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Cookies_OfSignInAndSession_AreSecure()
    {
        (await SignInAsync()).Dispose();
        (await _browser.GoAsync("/signin")).Dispose();

        var ours = _browser.Cookies.Where(cookie => cookie.Name != "sandbox-entra-session").ToList();
        ours.Count.ShouldBe(3);
        ours.ShouldAllBe(cookie => cookie.Secure);
    }

    [Fact]
    public async Task SignOut_ThroughTheProxy_NamesThePublicCallback()
    {
        (await SignInAsync()).Dispose();
        using var page = await _browser.GoAsync("/denied?reason=no-role");

        using var away = await _browser.SubmitAsync("/signout", await People.SignOutFormAsync(page));

        QueryHelpers.ParseQuery(away.Headers.Location!.Query)["post_logout_redirect_uri"].ToString()
            .ShouldBe(PublicBaseUrl + "/signout-callback-oidc");
    }

    [Fact]
    public async Task Cookies_OfForms_InLive_AreSecure()
    {
        using var sandbox = new SandboxApp();
        using var app = LiveApp.Start(sandbox, ("AgentPay:PublicBaseUrl", PublicBaseUrl));
        await app.OpenedAsync();
        using var browser = new HttpBrowser(app.Url);
        using var away = await browser.ChooseAsync("/signin", new() { ["person"] = People.Amara });
        (await browser.GoAsync(away.Headers.Location!.AbsoluteUri[PublicBaseUrl.Length..])).Dispose();

        using var page = await browser.GoAsync("/denied?reason=no-role");

        browser.Cookies.Single(cookie => cookie.Name.StartsWith(".AspNetCore.Antiforgery", StringComparison.Ordinal)).Secure.ShouldBeTrue();
        using var answer = await browser.SubmitAsync("/signout", await People.SignOutFormAsync(page));
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task ForwardedHeaders_OfAnybody_AreNotBelieved()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/signin");
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "ftp");

        using var away = await _app.Http.SendAsync(request);

        away.Headers.Location!.Query.ShouldNotContain("evil.example");
    }

    public void Dispose()
    {
        _browser.Dispose();
        _app.Dispose();
    }

    private async Task<HttpResponseMessage> SignInAsync()
    {
        using var away = await _browser.ChooseAsync("/pay", new() { ["person"] = People.Amara });
        var target = away.Headers.Location!.AbsoluteUri;
        target.ShouldStartWith(PublicBaseUrl + "/");
        return await _browser.GoAsync(target[PublicBaseUrl.Length..]);
    }
}
