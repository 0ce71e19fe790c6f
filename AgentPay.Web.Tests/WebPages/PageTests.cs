using System.Net;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.WebPages;

/// <summary>Security headers, the pages for missing pages and exceptions, and who may open circuits.</summary>
public sealed class PageTests(PageTests.Bench bench) : IClassFixture<PageTests.Bench>, IDisposable
{
    private readonly AgentPayApp _app = bench.App;
    private readonly HttpBrowser _browser = new(bench.App.Url);

    [Theory]
    [InlineData("/")]
    [InlineData("/signed-out")]
    [InlineData("/nothing-here")]
    public async Task Page_Any_CarriesItsHeaders(string path)
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();

        using var page = await _browser.GoAsync(path);

        string Header(string name) => page.Headers.GetValues(name).ShouldHaveSingleItem();
        Header("Content-Security-Policy").ShouldBe("default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
            + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'");
        Header("X-Frame-Options").ShouldBe("DENY");
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Header("Referrer-Policy").ShouldBe("same-origin");
        Header("Permissions-Policy").ShouldContain("payment=()");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Page_Any_HasNoScriptOfItsOwn()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();

        var html = await (await _browser.GoAsync("/")).Content.ReadAsStringAsync();

        html.ShouldNotContain("<script>");
        html.ShouldNotContain("<style");
        html.ShouldNotContain("onclick=");
    }

    [Fact]
    public async Task UnknownPage_ForAPerson_SaysSo()
    {
        using var page = await _browser.GoAsync("/nothing-here");

        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await page.Content.ReadAsStringAsync()).ShouldContain("Page not found");
    }

    [Theory]
    [InlineData("Person", "You have too many AgentPay pages open")]
    [InlineData("Instance", "AgentPay has no room for another page")]
    [InlineData("", "AgentPay has no room for another page")]
    public async Task TooManyPages_ForAPerson_SaysSoAndLeadsBackToThePage(string limit, string title)
    {
        using var page = await _browser.GoAsync($"/too-many-pages?limit={limit}&returnUrl=%2Fpay%3Fuui%3D7");

        page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain(title);
        html.ShouldContain("href=\"/pay?uui=7\"");
    }

    [Fact]
    public async Task UnknownPage_ForAProgram_IsABareNumber()
    {
        using var answer = await _browser.FetchAsync(HttpMethod.Get, "/nothing-here");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("own", HttpStatusCode.OK)]
    public async Task Circuit_OpenedByAPage_IsForOurOwnPages(string origin, HttpStatusCode status)
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();
        (string, string)[] headers = origin.Length == 0 ? [] : [("Origin", origin == "own" ? _app.Url.GetLeftPart(UriPartial.Authority) : origin)];

        using var answer = await _browser.FetchAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", headers);

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Exception_ForAPerson_IsAReferenceThatTheLogHasToo()
    {
        using var page = await _browser.GoAsync("/signed-out?break=1");

        page.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldNotContain("the secret of the inside");
        html.ShouldNotContain("InvalidOperationException");
        var reference = html[(html.IndexOf("Reference: ", StringComparison.Ordinal) + 11)..][..10];
        _app.Log.Lines.ShouldContain(line => line.StartsWith("Error:", StringComparison.Ordinal) && line.Contains(reference) && line.Contains("the secret of the inside"));
    }

    [Fact]
    public async Task Exception_ForAProgram_IsABareNumberAndInTheLog()
    {
        var before = _app.Log.Lines.Count;
        using var answer = await _browser.FetchAsync(HttpMethod.Get, "/signed-out?break=1");

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
        _app.Log.Lines.Skip(before).ShouldContain(line => line.StartsWith("Error:", StringComparison.Ordinal) && line.Contains("the secret of the inside"));
    }

    [Theory]
    [InlineData("no-role", "Ask your AgentPay administrator")]
    [InlineData("cancelled", "The sign-in was cancelled")]
    [InlineData("entra-refused", "refused the sign-in")]
    [InlineData("entra-unreachable", "could not be reached")]
    [InlineData("token-refused", "could not be verified")]
    [InlineData("wrong-clock", "clocks of AgentPay")]
    [InlineData("sign-in-failed", "could not be completed")]
    public async Task Denied_ForEachReason_SaysWhatToDo(string reason, string words)
    {
        using var page = await _browser.GoAsync($"/denied?reason={reason}&reference=00AB12CD34");

        page.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var html = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync());
        html.ShouldContain(words);
        html.ShouldContain("Reference: 00AB12CD34");
        html.ShouldContain("Sign in again");
    }

    public void Dispose() => _browser.Dispose();

    public sealed class Bench : ReadyApp
    {
        // The exception is thrown deep in the console's pipeline, and only for a request with ?break.
        private protected override AgentPayApp Start() => new(configure: services => services.PostConfigure<RequestLocalizationOptions>(options =>
            options.RequestCultureProviders.Insert(0, new CustomRequestCultureProvider(context =>
                context.Request.Query.ContainsKey("break") && context.Features.Get<IExceptionHandlerFeature>() is null
                    ? throw new InvalidOperationException("the secret of the inside")
                    : Task.FromResult<ProviderCultureResult?>(null)))));
    }
}
