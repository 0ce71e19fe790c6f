using System.Net;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Tests.Identity;

public sealed class SignOutTests : IClassFixture<SharedApp>, IDisposable
{
    private readonly AgentPayApp _app;
    private readonly HttpBrowser _browser;

    public SignOutTests(SharedApp shared)
    {
        _app = shared.App;
        _browser = new(_app.Url);
    }

    [Fact]
    public async Task SignOut_WithTheTokenOfThePage_EndsBothSessionsAndSaysSo()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();
        _browser.Cookies.ShouldContain(cookie => cookie.Name == "sandbox-entra-session");

        using var away = await _browser.SubmitAsync("/signout", await FormAsync());
        using var back = await _browser.FollowAsync(away);
        using var callback = await _browser.FollowAsync(back);
        using var page = await _browser.FollowAsync(callback);

        back.Headers.Location!.OriginalString.ShouldStartWith($"{_app.Url}signout-callback-oidc?state=");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).ShouldContain("You are signed out");
        _browser.ShouldHaveNoSession();
        _browser.Cookies.ShouldNotContain(cookie => cookie.Name == "sandbox-entra-session");
    }

    [Fact]
    public async Task SignOut_WithoutAToken_IsRefusedAndTheSessionStays()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();

        using var answer = await _browser.SubmitAsync("/signout", []);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _browser.Cookies.ShouldContain(cookie => cookie.Name == "agentpay");
    }

    [Fact]
    public async Task SignOut_WithTheTokenOfSomebodyElse_IsRefused()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();
        var form = await FormAsync();
        (await _browser.SignInAsync(People.Ben)).Dispose();

        using var answer = await _browser.SubmitAsync("/signout", form);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "%%%=&=&&")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nnonsense")]
    [InlineData("application/json", "{")]
    public async Task SignOut_WithAnOddBody_IsRefused(string type, string body)
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();
        var cookie = _browser.Cookies.Single(c => c.Name == "agentpay");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signout") { Content = new StringContent(body) };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.Add("Cookie", $"{cookie.Name}={cookie.Value}");

        using var answer = await _app.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task SignOut_WithoutASession_IsSignedOutAlready()
    {
        using var answer = await _browser.SubmitAsync("/signout", []);

        answer.Headers.Location!.OriginalString.ShouldBe("/signed-out");
    }

    [Fact]
    public async Task SignOut_ByALink_IsNoSignOut()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();

        using var answer = await _browser.GoAsync("/signout");

        // In Development, static files are looked up for every path, so the status is 404.
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound);
        _browser.Cookies.ShouldContain(cookie => cookie.Name == "agentpay");
    }

    [Fact]
    public async Task SignOut_Done_AsksForAPersonAgain()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();
        using var away = await _browser.SubmitAsync("/signout", await FormAsync());
        (await _browser.FollowAsync(away)).Dispose();

        using var silent = await _browser.GoAsync("/");
        using var asked = await _browser.GoAsync(QueryHelpers.AddQueryString(silent.Headers.Location!.AbsoluteUri, "prompt", "none"));

        asked.Headers.Location!.Query.ShouldContain("error=login_required");
    }

    public void Dispose() => _browser.Dispose();

    /// <summary>Reads the antiforgery token from the form of a signed-in user.</summary>
    private async Task<Dictionary<string, string>> FormAsync()
    {
        using var page = await _browser.GoAsync("/denied?reason=no-role");
        return await People.SignOutFormAsync(page);
    }
}
