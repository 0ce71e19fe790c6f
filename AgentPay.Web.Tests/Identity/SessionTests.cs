using System.Net;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.Net.Http.Headers;

namespace AgentPay.Web.Tests.Identity;

public sealed class SessionTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private readonly AgentPayApp _app = shared.App;

    [Fact]
    public async Task Cookie_OfASession_IsForThisServerAloneAndOutOfReachOfScripts()
    {
        using var browser = new HttpBrowser(_app.Url);
        (await browser.SignInAsync(People.Amara)).Dispose();

        var cookie = browser.Cookies.Single(c => c.Name == "agentpay");

        cookie.HttpOnly.ShouldBeTrue();
        cookie.SameSite.ShouldBe(SameSiteMode.Lax);
        cookie.Path.ToString().ShouldBe("/");
        cookie.Domain.HasValue.ShouldBeFalse();
        cookie.Expires.ShouldBeNull();
        cookie.MaxAge.ShouldBeNull();
        cookie.Secure.ShouldBeFalse();
    }

    [Fact]
    public async Task Cookies_OfASignInBegun_AreHttpOnlyAndLax()
    {
        using var browser = new HttpBrowser(_app.Url);
        (await browser.GoAsync("/")).Dispose();

        browser.Cookies.Count().ShouldBe(2);
        browser.Cookies
            .ShouldAllBe(cookie => cookie.HttpOnly && cookie.SameSite == SameSiteMode.Lax && cookie.Path.ToString() == "/signin-oidc");
        // Browsers do not send a Secure cookie over http.
        browser.Cookies.ShouldAllBe(cookie => !cookie.Secure);
    }

    [Fact]
    public async Task Session_Used_LastsEightHoursAndNoLonger()
    {
        using var browser = new HttpBrowser(_app.Url);
        (await browser.SignInAsync(People.Amara)).Dispose();

        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(7.5); passed += TimeSpan.FromMinutes(90))
        {
            (await StatusAsync(browser)).ShouldBe(HttpStatusCode.NotFound, $"after {passed}");
            _app.Clock.Advance(TimeSpan.FromMinutes(90));
        }
        (await StatusAsync(browser)).ShouldBe(HttpStatusCode.NotFound);
        _app.Clock.Advance(TimeSpan.FromMinutes(30));

        (await StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
        browser.ShouldHaveNoSession();
    }

    [Fact]
    public async Task Session_Unused_EndsAfterTwoHours()
    {
        using var browser = new HttpBrowser(_app.Url);
        (await browser.SignInAsync(People.Amara)).Dispose();

        _app.Clock.Advance(TimeSpan.FromMinutes(119));
        (await StatusAsync(browser)).ShouldBe(HttpStatusCode.NotFound);
        _app.Clock.Advance(TimeSpan.FromMinutes(121));

        (await StatusAsync(browser)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_UsedInItsFirstHour_LastsTwoHoursFromThere()
    {
        using var browser = new HttpBrowser(_app.Url);
        (await browser.SignInAsync(People.Amara)).Dispose();
        _app.Clock.Advance(TimeSpan.FromMinutes(30));
        (await StatusAsync(browser)).ShouldBe(HttpStatusCode.NotFound);

        _app.Clock.Advance(TimeSpan.FromMinutes(119));

        (await StatusAsync(browser)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Session_SignedOut_IsOverForACopyOfItsCookieToo()
    {
        using var browser = new HttpBrowser(_app.Url);
        (await browser.SignInAsync(People.Amara)).Dispose();
        var copy = browser.Cookies.Single(c => c.Name == "agentpay");
        using var page = await browser.GoAsync("/denied?reason=no-role");

        (await browser.SubmitAsync("/signout", await People.SignOutFormAsync(page))).Dispose();

        using var answer = await new HttpBrowser(_app.Url).FetchAsync(HttpMethod.Get, "/session", ("Cookie", $"agentpay={copy.Value}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task KeepAlive_WhileThereIsASession_IsAnsweredAndRenewsIt()
    {
        using var browser = new HttpBrowser(_app.Url);
        (await browser.SignInAsync(People.Amara)).Dispose();
        _app.Clock.Advance(TimeSpan.FromMinutes(5));

        using var answer = await browser.FetchAsync(HttpMethod.Get, "/session");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldStartWith("agentpay=");
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task KeepAlive_AskedByAPageOfAnotherSite_IsRefused(string site)
    {
        using var browser = new HttpBrowser(_app.Url);
        (await browser.SignInAsync(People.Amara)).Dispose();

        using var answer = await browser.FetchAsync(HttpMethod.Get, "/session", ("Sec-Fetch-Site", site));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task KeepAlive_WithoutASession_SaysSoAndLeadsNowhere()
    {
        using var answer = await new HttpBrowser(_app.Url).FetchAsync(HttpMethod.Get, "/session");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("agentpay=")]
    [InlineData("agentpay=nonsense")]
    [InlineData("agentpay=chunks-2")]
    [InlineData("agentpay=CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Session_MadeUp_IsNobody(string cookie)
    {
        using var browser = new HttpBrowser(_app.Url);

        using var answer = await browser.FetchAsync(HttpMethod.Get, "/", ("Cookie", cookie));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(AgentPayPolicies.Console, true, true, true)]
    [InlineData(AgentPayPolicies.Agent, true, true, false)]
    [InlineData(AgentPayPolicies.Supervisor, false, true, false)]
    [InlineData(AgentPayPolicies.Admin, false, false, true)]
    public async Task Policy_ForEachRole_LetsInWhomItShould(string policy, bool agent, bool supervisor, bool admin)
    {
        using var app = IdentityApp.Start(policy);

        (string, bool)[] expected = [(People.Amara, agent), (People.Priya, supervisor), (People.Tomas, admin), (People.Nora, false)];
        foreach (var (person, isLetIn) in expected)
        {
            using var browser = new HttpBrowser(app.Url);
            (await browser.SignInAsync(person)).Dispose();
            (await StatusAsync(browser)).ShouldBe(isLetIn ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, person);
        }
    }

    [Theory]
    [InlineData("GET", "/pay", "text/html", "cors", null)]
    [InlineData("GET", "/pay", "text/html", "same-origin", null)]
    [InlineData("GET", "/pay", "text/html", "websocket", null)]
    [InlineData("GET", "/pay", "text/html", null, "XMLHttpRequest")]
    [InlineData("GET", "/pay", "application/json", "navigate", null)]
    [InlineData("GET", "/pay", "*/*", null, null)]
    [InlineData("GET", "/favicon.ico", "image/avif,image/webp,*/*;q=0.8", "no-cors", null)]
    [InlineData("POST", "/pay", "text/html", "navigate", null)]
    [InlineData("GET", "/_blazor", "text/html", null, null)]
    [InlineData("GET", "/_blazor/negotiate", "text/html", "navigate", null)]
    public async Task Request_OfAScript_WithoutASessionIsToldSoAndSentNowhere(
        string method, string path, string accept, string? mode, string? requestedWith)
    {

        using var answer = await SendAsync(method, path, accept, mode, requestedWith);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        answer.Headers.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("text/html,application/xhtml+xml", "navigate")]
    [InlineData("text/html", null)]
    [InlineData("text/html; blazor-enhanced-nav=on", "no-cors")]
    public async Task Request_OfAPerson_WithoutASessionIsLedToEntra(string accept, string? mode)
    {

        using var answer = await SendAsync("GET", "/pay", accept, mode, null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.AbsolutePath.ShouldEndWith("/authorize");
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string accept, string? mode, string? requestedWith)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (mode is not null) request.Headers.Add("Sec-Fetch-Mode", mode);
        if (requestedWith is not null) request.Headers.Add("X-Requested-With", requestedWith);
        return await _app.Http.SendAsync(request);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpBrowser browser)
    {
        using var answer = await browser.FetchAsync(HttpMethod.Get, "/nothing-here");
        return answer.StatusCode;
    }
}
