using System.Net;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Tests.Identity;

/// <summary>Genuine and forged requests to the sign-in callback.</summary>
public sealed class CallbackTests : IClassFixture<SharedApp>, IDisposable
{
    private readonly AgentPayApp _app;
    private readonly HttpBrowser _browser;

    public CallbackTests(SharedApp shared)
    {
        _app = shared.App;
        _browser = new(_app.Url);
    }

    [Theory]
    [InlineData("issuer", "wrong-issuer")]
    [InlineData("audience", "wrong-audience")]
    [InlineData("key", "wrong-signature")]
    [InlineData("nonce", "wrong-nonce")]
    [InlineData("expired", "expired", "wrong-clock")]
    public async Task Callback_WithATokenThatDoesNotHold_IsDeniedAndLogged(string fault, string why, string reason = "token-refused")
    {
        using var denied = await _browser.SignInAsync(People.Amara, fault: fault);

        var reference = Denied(denied, reason)["reference"].ToString();
        reference.Length.ShouldBe(10);
        _app.Log.Lines
            .ShouldContain(line => line.Contains(reference, StringComparison.Ordinal) && line.Contains(why, StringComparison.Ordinal));
        denied.Headers.Location!.OriginalString.ShouldNotContain(why);
        _browser.ShouldHaveNoSession();
    }

    [Fact]
    public async Task Callback_Cancelled_SaysSo()
    {
        using var back = await _browser.ChooseAsync("/signin", new() { ["cancel"] = "true" });
        using var denied = await _browser.FollowAsync(back);

        denied.Headers.Location!.OriginalString.ShouldBe("/denied?reason=cancelled");
        _browser.ShouldHaveNoSession();
        using var page = await _browser.FollowAsync(denied);
        page.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await page.Content.ReadAsStringAsync()).ShouldContain("cancelled");
    }

    /// <summary>The Back button returns to Entra's page, which redirects to the callback again.</summary>
    [Fact]
    public async Task Callback_Replayed_BySomeoneSignedIn_LeadsToThePageAndLeavesTheSession()
    {
        using var back = await _browser.ChooseAsync("/pay?uui=7", new() { ["person"] = People.Amara });
        (await _browser.FollowAsync(back)).Dispose();

        using var again = await _browser.FollowAsync(back);

        again.StatusCode.ShouldBe(HttpStatusCode.Found);
        again.Headers.Location!.OriginalString.ShouldBe("/pay?uui=7");
        using var page = await _browser.GoAsync("/nowhere");
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Callback_WithoutAState_BySomeoneSignedIn_LeadsHome()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();

        using var back = await _browser.GoAsync("/signin-oidc?code=any");

        back.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task Callback_Replayed_AfterTheSessionHasEnded_IsDenied()
    {
        using var back = await _browser.ChooseAsync("/signin", new() { ["person"] = People.Amara });
        (await _browser.FollowAsync(back)).Dispose();
        _app.Clock.Advance(TimeSpan.FromHours(9));

        using var again = await _browser.FollowAsync(back);

        Denied(again, "sign-in-failed");
    }

    [Fact]
    public async Task Callback_WithATokenThatDoesNotHold_IsDeniedToSomeoneSignedInAsWell()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();

        using var denied = await _browser.SignInAsync(People.Ben, fault: "key");

        Denied(denied, "token-refused");
    }

    [Fact]
    public async Task Callback_InAnotherBrowser_IsDenied()
    {
        using var back = await _browser.ChooseAsync("/signin", new() { ["person"] = People.Amara });
        using var another = new HttpBrowser(_app.Url);

        using var denied = await another.FollowAsync(back);

        Denied(denied, "sign-in-failed");
        another.ShouldHaveNoSession();
    }

    [Fact]
    public async Task Callback_WithTheCodeOfAnotherSignIn_IsDenied()
    {
        using var theirs = await new HttpBrowser(_app.Url).ChooseAsync("/signin", new() { ["person"] = People.Priya });
        using var mine = await _browser.ChooseAsync("/signin", new() { ["person"] = People.Amara });

        using var denied = await _browser.GoAsync(Changed(mine, "code", QueryHelpers.ParseQuery(theirs.Headers.Location!.Query)["code"]!));

        Denied(denied, "entra-refused");
        _browser.ShouldHaveNoSession();
    }

    [Theory]
    [InlineData("state", "", "sign-in-failed")]
    [InlineData("state", "nonsense", "sign-in-failed")]
    [InlineData("state", "CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "sign-in-failed")]
    [InlineData("code", "", "sign-in-failed")]
    [InlineData("code", "nonsense", "entra-refused")]
    [InlineData("code", "Zoë\0\n", "entra-refused")]
    [InlineData("error", "server_error", "entra-refused")]
    [InlineData("error", "access_denied", "cancelled")]
    public async Task Callback_WithAWrongParameter_IsDenied(string name, string value, string reason)
    {
        using var back = await _browser.ChooseAsync("/signin", new() { ["person"] = People.Amara });

        using var denied = await _browser.GoAsync(Changed(back, name, value));

        Denied(denied, reason);
        _browser.ShouldHaveNoSession();
    }

    [Fact]
    public async Task Callback_WithNothing_IsDenied()
    {
        using var denied = await _browser.GoAsync("/signin-oidc");

        Denied(denied, "sign-in-failed");
    }

    [Fact]
    public async Task Callback_AfterTenMinutes_ComesWithACodeThatIsOver()
    {
        using var back = await _browser.ChooseAsync("/signin", new() { ["person"] = People.Amara });
        _app.Clock.Advance(TimeSpan.FromMinutes(10));

        using var denied = await _browser.FollowAsync(back);

        Denied(denied, "entra-refused");
    }

    [Theory]
    [InlineData("reason=%3Cscript%3E&reference=%3Cscript%3E")]
    [InlineData("reason=no-role&reference=%22%3E%3Cscript")]
    [InlineData("reference=CALL%20ME%20!")]
    [InlineData("")]
    public async Task Denied_WithAQueryOfSomebodyElse_ShowsNoneOfIt(string query)
    {
        using var page = await _browser.GoAsync("/denied?" + query);

        page.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldNotContain("<script>");
        html.ShouldNotContain("CALL ME");
        html.ShouldContain("href=\"signin\"");
    }

    public void Dispose() => _browser.Dispose();

    private static Dictionary<string, string> Denied(HttpResponseMessage answer, string reason)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldStartWith("/denied?");
        var query = QueryHelpers.ParseQuery(answer.Headers.Location.OriginalString["/denied".Length..]);
        query["reason"].ToString().ShouldBe(reason);
        return query.ToDictionary(p => p.Key, p => p.Value.ToString());
    }

    private static string Changed(HttpResponseMessage back, string name, string value)
    {
        var callback = back.Headers.Location!;
        var query = QueryHelpers.ParseQuery(callback.Query).ToDictionary(p => p.Key, p => (string?)p.Value.ToString());
        query[name] = value;
        return QueryHelpers.AddQueryString(callback.GetLeftPart(UriPartial.Path), query);
    }
}
