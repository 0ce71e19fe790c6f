using System.Net;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Tests.Identity;

public sealed class SignInTests : IClassFixture<SharedApp>, IDisposable
{
    private readonly AgentPayApp _app;
    private readonly HttpBrowser _browser;

    public SignInTests(SharedApp shared)
    {
        _app = shared.App;
        _browser = new(_app.Url);
    }

    [Theory]
    [InlineData(People.Amara, "Amara Okafor", "amara@agentpay.example", "AgentPay.Agent", "/")]
    [InlineData(People.Ben, "Ben Lindqvist", "ben@agentpay.example", "AgentPay.Agent", "/")]
    [InlineData(People.Priya, "Priya Raman", "priya@agentpay.example", "AgentPay.Supervisor", "/board")]
    [InlineData(People.Tomas, "Tomás Herrera", "tomas@agentpay.example", "AgentPay.Admin", "/setup")]
    public async Task SignIn_AsSomeoneWithARole_KeepsWhoTheyAreAndOpensTheirPage(
        string person, string name, string principalName, string role, string page)
    {
        using var back = await _browser.SignInAsync(person);

        back.StatusCode.ShouldBe(HttpStatusCode.Found);
        back.Headers.Location!.OriginalString.ShouldBe(page);
        var claims = await ClaimsAsync();
        claims.Where(claim => !claim.StartsWith("session", StringComparison.Ordinal)).ShouldBe(
            [
                $"oid={person}", "tid=00000000-0000-4000-8000-000000000001", $"preferred_username={principalName}", $"name={name}",
                $"roles={role}",
            ], ignoreOrder: true);
    }

    [Fact]
    public async Task SignIn_WithoutARole_BeginsASessionThatOpensNothing()
    {
        using var back = await _browser.SignInAsync(People.Nora, "/pay");

        (await ClaimsAsync()).ShouldContain($"oid={People.Nora}");
        using var page = await _browser.FollowAsync(back);
        page.Headers.Location!.OriginalString.ShouldBe("/denied?reason=no-role");
        using var fetched = await _browser.FetchAsync(HttpMethod.Get, "/pay");
        fetched.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task SignIn_Begun_AsksForACodeWithPkceNonceAndState()
    {
        using var first = await _browser.GoAsync("/signin");
        using var second = await _browser.GoAsync("/signin");

        var query = Query(first);
        query["response_type"].ShouldBe("code");
        query["scope"].ShouldBe("openid profile");
        query["code_challenge_method"].ShouldBe("S256");
        query["redirect_uri"].ShouldBe($"{_app.Url}signin-oidc");
        first.Headers.Location!.GetLeftPart(UriPartial.Path)
            .ShouldBe($"{_app.Url}sandbox/entra/00000000-0000-4000-8000-000000000001/oauth2/v2.0/authorize");
        foreach (var name in (string[])["code_challenge", "nonce", "state"])
        {
            query[name].Length.ShouldBeGreaterThanOrEqualTo(43);
            query[name].ShouldNotBe(Query(second)[name]);
        }
    }

    [Theory]
    [InlineData("/pay?uui=a%26b%3D1&amount=12.50&description=Zo%C3%AB%20%26%20co", HttpStatusCode.OK)]
    [InlineData("/nothing-here", HttpStatusCode.NotFound)]
    [InlineData("/pay/%F0%9F%92%B3?a=%0D%0ASet-Cookie:x=y", HttpStatusCode.NotFound)]
    public async Task SignIn_FromADeepLink_ReturnsToIt(string page, HttpStatusCode status)
    {
        using var back = await _browser.SignInAsync(People.Amara, page);

        back.Headers.Location!.OriginalString.ShouldBe(page);
        using var shown = await _browser.FollowAsync(back);
        shown.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("/pay?uui=7", "/pay?uui=7")]
    [InlineData("/pay?description=Zoë", "/pay?description=Zo%C3%AB")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/\t/evil.example/", "/")]
    [InlineData("/..//evil.example/", "/")]
    [InlineData("/%2e%2e//evil.example/", "/")]
    [InlineData("~//evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("https:evil.example", "/")]
    [InlineData("evil.example", "/")]
    [InlineData("\\\\evil.example/", "/")]
    [InlineData("/\\/evil.example/", "/")]
    [InlineData(" //evil.example/", "/")]
    [InlineData("////evil.example/", "/")]
    [InlineData("/x/..//evil.example/", "/")]
    [InlineData("%2f%2fevil.example", "/")]
    [InlineData("/%2fevil.example", "/%2fevil.example")]
    [InlineData("/%5cevil.example", "/%5cevil.example")]
    [InlineData("/x\r\nLocation: https://evil.example/", "/")]
    [InlineData("/x%0d%0aLocation:%20https://evil.example/", "/x%0d%0aLocation:%20https://evil.example/")]
    [InlineData("", "/")]
    public async Task SignIn_WithAReturnUrl_LeavesThisServerForNone(string returnUrl, string lands)
    {
        using var back = await _browser.SignInAsync(People.Amara, "/signin?returnUrl=" + Uri.EscapeDataString(returnUrl));

        back.Headers.Location!.OriginalString.ShouldBe(lands);
    }

    [Fact]
    public async Task SignIn_FromAPathThatReadsAsAHost_LandsAtHome()
    {
        using var back = await _browser.SignInAsync(People.Amara, $"{_app.Url}/evil.example/path");

        back.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task SignIn_InTwoTabs_FinishesInBoth()
    {
        using var one = await _browser.ChooseAsync("/one", new() { ["person"] = People.Amara });
        using var two = await _browser.ChooseAsync("/two", new() { ["person"] = People.Amara });

        using var firstBack = await _browser.FollowAsync(one);
        using var secondBack = await _browser.FollowAsync(two);

        firstBack.Headers.Location!.OriginalString.ShouldBe("/one");
        secondBack.Headers.Location!.OriginalString.ShouldBe("/two");
    }

    [Fact]
    public async Task SignIn_Finished_HasLoggedNoTokenAndNoSecret()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();

        var log = string.Join('\n', _app.Log.Lines);
        log.ShouldContain("signed in", Case.Insensitive);
        // Base64 of {"alg":", with which tokens start.
        log.ShouldNotContain("eyJhbGciOiJ", Case.Sensitive);
        log.ShouldNotContain("sandbox-client-secret");
    }

    public void Dispose() => _browser.Dispose();

    private async Task<string[]> ClaimsAsync()
    {
        using var answer = await _browser.GoAsync($"/test/who/{IdentitySchemes.Session}");
        return (await answer.Content.ReadAsStringAsync()).Split('\n');
    }

    private static Dictionary<string, string> Query(HttpResponseMessage redirect) =>
        QueryHelpers.ParseQuery(redirect.Headers.Location!.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
}
