using System.Net;
using AgentPay.Web.Tests.Support;
using Microsoft.Net.Http.Headers;

namespace AgentPay.Web.Tests.Identity;

/// <summary>The console in a frame of another site, such as a CTI desktop.</summary>
public sealed class FrameTests : IDisposable
{
    private const string PublicBaseUrl = "https://localhost:7443";

    private readonly AgentPayApp _app = IdentityApp.Start(settings: new()
    {
        ["AgentPay:PublicBaseUrl"] = PublicBaseUrl,
        ["AgentPay:FrameAncestors:0"] = "https://cti.example.com",
    });

    private readonly HttpBrowser _browser;

    public FrameTests() => _browser = new(_app.Url);

    [Fact]
    public async Task Cookies_OfSessionAndForms_AreSentInAFrame()
    {
        await SignInAsync();
        (await _browser.GoAsync("/denied?reason=no-role")).Dispose();

        var ours = _browser.Cookies.Where(cookie =>
            cookie.Name == "__Host-agentpay" || cookie.Name.StartsWith(".AspNetCore.Antiforgery", StringComparison.Ordinal)).ToList();

        ours.Count.ShouldBe(2);
        ours.ShouldAllBe(cookie => cookie.SameSite == SameSiteMode.None && cookie.Secure && cookie.HttpOnly);
    }

    [Fact]
    public async Task Page_InAFrame_NamesWhoMayFrameIt()
    {
        await SignInAsync();

        using var page = await _browser.GoAsync("/");

        page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldEndWith("frame-ancestors https://cti.example.com");
        page.Headers.Contains("X-Frame-Options").ShouldBeFalse();
    }

    [Fact]
    public async Task Page_InAFrameWithoutASession_LeadsToASignInOfItsOwnWindow()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/pay?uui=7");
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        request.Headers.Add("Sec-Fetch-Dest", "iframe");

        using var led = await _app.Http.SendAsync(request);

        led.Headers.Location!.OriginalString.ShouldBe("/signin-window?returnUrl=%2Fpay%3Fuui%3D7");
        using var page = await _browser.GoAsync(led.Headers.Location.OriginalString);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).ShouldContain("data-sign-in-window=\"/pay?uui=7\"");
    }

    [Fact]
    public async Task SignInWindow_WithAPageOfAnotherSite_LeadsHome()
    {
        using var page = await _browser.GoAsync("/signin-window?returnUrl=https%3A%2F%2Fevil.example");

        (await page.Content.ReadAsStringAsync()).ShouldContain("data-sign-in-window=\"/\"");
    }

    public void Dispose()
    {
        _browser.Dispose();
        _app.Dispose();
    }

    private async Task SignInAsync()
    {
        using var away = await _browser.ChooseAsync("/signin", new() { ["person"] = People.Amara });
        (await _browser.GoAsync(away.Headers.Location!.AbsoluteUri[PublicBaseUrl.Length..])).Dispose();
    }
}
