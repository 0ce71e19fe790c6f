using System.Net;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Security;

/// <summary>AgentPay with a public https URL, behind a proxy that forwards over http.</summary>
public sealed class HeaderTests(HeaderTests.Bench bench) : IClassFixture<HeaderTests.Bench>, IDisposable
{
    /// <summary>A URL on this machine, because the sandbox's Entra redirects nowhere else.</summary>
    private const string PublicBaseUrl = "https://localhost:7443";

    private readonly HttpBrowser _browser = new(bench.App.Url);

    [Theory]
    [InlineData("/signed-out")]
    [InlineData("/nothing-here")]
    [InlineData("/health/live")]
    [InlineData("/getSyncToken")]
    [InlineData("/agentpay.js")]
    public async Task Answer_OfAnyKind_AsksForHttpsAndSaysNothingOfItsServer(string path)
    {
        using var answer = await bench.Public.Http.GetAsync(path);

        answer.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000"]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.Contains("X-Powered-By").ShouldBeFalse();
    }

    /// <summary>Developers use other ports of this machine over http.</summary>
    [Fact]
    public async Task Answer_AtAnAddressOfThisMachine_DoesNotAskForHttps()
    {
        using var answer = await _browser.GoAsync("/signed-out");

        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Fact]
    public async Task Cookie_OfASession_CannotBeReplacedByANeighbour()
    {
        await SignInAsync();

        var cookie = _browser.Cookies.Single(c => c.Name.ToString().EndsWith("agentpay", StringComparison.Ordinal));

        // Browsers reject a cookie with this prefix without these attributes: RFC 6265bis, 4.1.3.2.
        cookie.Name.ToString().ShouldBe("__Host-agentpay");
        (cookie.Secure, cookie.HttpOnly, cookie.Path.ToString(), cookie.Domain.HasValue).ShouldBe((true, true, "/", false));
        using var page = await _browser.GoAsync("/");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var unprefixed =
            await new HttpBrowser(bench.App.Url).FetchAsync(HttpMethod.Get, "/session", ("Cookie", "agentpay=" + cookie.Value));
        unprefixed.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("https://localhost:7443", HttpStatusCode.OK)]
    [InlineData("https://LOCALHOST:7443", HttpStatusCode.OK)]
    [InlineData("http://localhost:7443", HttpStatusCode.Forbidden)]
    [InlineData("https://localhost:8443", HttpStatusCode.Forbidden)]
    [InlineData("https://localhost.evil.example:7443", HttpStatusCode.Forbidden)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("ftp://localhost:7443", HttpStatusCode.Forbidden)]
    [InlineData("file://", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Circuit_OpenedByAPage_IsForOurOwnPagesOverHttps(string origin, HttpStatusCode status)
    {
        await SignInAsync();

        foreach (var path in (string[])["/_blazor/negotiate?negotiateVersion=1", "/_BLAZOR/negotiate?negotiateVersion=1"])
        {
            using var answer = await _browser.FetchAsync(HttpMethod.Post, path, ("Origin", origin));
            answer.StatusCode.ShouldBe(status, path);
        }
    }

    public void Dispose() => _browser.Dispose();

    private async Task SignInAsync()
    {
        using var away = await _browser.ChooseAsync("/pay", new() { ["person"] = People.Amara });
        using var back = await _browser.GoAsync(away.Headers.Location!.AbsoluteUri[PublicBaseUrl.Length..]);
        back.Headers.Location!.OriginalString.ShouldBe("/pay");
    }

    public sealed class Bench : ReadyApp, IDisposable
    {
        /// <summary>AgentPay with a public URL that is not on this machine.</summary>
        public AgentPayApp Public { get; } = new(new() { ["AgentPay:PublicBaseUrl"] = "https://pay.example.com" });

        public void Dispose() => Public.Dispose();

        private protected override AgentPayApp Start() => new(new() { ["AgentPay:PublicBaseUrl"] = PublicBaseUrl });
    }
}
