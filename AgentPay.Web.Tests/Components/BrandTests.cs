using System.Net;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.WebPages;

namespace AgentPay.Web.Tests.Components;

/// <summary>The brand colour and the logo of the configuration, as browsers get them.</summary>
public sealed class BrandTests
{
    [Fact]
    public async Task Page_WithABrand_LinksItsSheetForEverAndAdmitsItsLogosOriginAlone()
    {
        using var app = Configured("#7a1fa2", "https://cdn.example.com:8443/acme/logo.svg");
        using var page = await app.Http.GetAsync("/signed-out");
        var html = await page.Content.ReadAsStringAsync();
        var link = html.Split("href=\"").Select(part => part.Split('"')[0])
            .Single(href => href.StartsWith("brand.css", StringComparison.Ordinal));

        using var sheet = await app.Http.GetAsync(link);

        html.ShouldContain("src=\"https://cdn.example.com:8443/acme/logo.svg\"");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("; img-src 'self' data: https://cdn.example.com:8443; ");
        sheet.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
        sheet.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        (await sheet.Content.ReadAsStringAsync()).ShouldContain("--mud-palette-primary: #7a1fa2;");
    }

    [Fact]
    public async Task Sheet_OfAnOlderColor_IsNotKept()
    {
        using var app = Configured("#7a1fa2", "/logo.svg");

        using var sheet = await app.Http.GetAsync("/brand.css?v=0123456789ab");

        sheet.Headers.CacheControl!.ToString().ShouldBe("no-cache");
    }

    [Fact]
    public async Task Page_WithoutABrand_IsTheConsolesOwn()
    {
        using var app = Configured("", "");
        using var page = await app.Http.GetAsync("/signed-out");

        (await page.Content.ReadAsStringAsync()).ShouldNotContain("brand.css");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("; img-src 'self' data:; ");
        (await app.Http.GetAsync("/brand.css")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/logo.svg")]
    [InlineData("/brand/logo.svg?v=2")]
    [InlineData("https://www.example.com/logo.svg")]
    [InlineData("https://bücher.example/logo.svg")]
    public void Logo_OnThisServerOrByHttps_IsFine(string url) => FailuresOf("LogoUrl", url).ShouldBeEmpty();

    [Theory]
    [InlineData("logo.svg")]
    [InlineData("//evil.example/logo.svg")]
    [InlineData("/\\evil.example/logo.svg")]
    [InlineData("http://www.example.com/logo.svg")]
    [InlineData("https://user@www.example.com/logo.svg")]
    [InlineData("https://[::1]/logo.svg")]
    [InlineData("data:image/svg+xml,x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/logo.svg\n; script-src *")]
    public void Logo_OfAnyOtherKind_IsRefusedWithItsKeyAndAnExample(string url)
    {
        var failure = FailuresOf("LogoUrl", url).ShouldHaveSingleItem();

        failure.ShouldBe("Console:LogoUrl must be a path on this server or an https URL. Example: /logo.svg or https://www.example.com/logo.svg.");
    }

    [Theory]
    [InlineData("blue")]
    [InlineData("#abc")]
    [InlineData("#12345678")]
    [InlineData("#7a1fa2; }")]
    [InlineData("#7a1fa2\n}")]
    public void BrandColor_OfAnyOtherForm_IsRefusedWithItsKeyAndAnExample(string color)
    {
        var failure = FailuresOf("BrandColor", color).ShouldHaveSingleItem();

        failure.ShouldBe("Console:BrandColor must be a colour as #rrggbb. Example: #7a1fa2.");
    }

    [Fact]
    public void LogoOrigin_OfAHostWithUmlauts_IsInAscii() =>
        new ConsoleOptions { LogoUrl = "https://bücher.example/logo.svg" }.LogoOrigin.ShouldBe("https://xn--bcher-kva.example");

    private static AgentPayApp Configured(string color, string logo) =>
        new(new() { ["Console:BrandColor"] = color, ["Console:LogoUrl"] = logo });

    private static IReadOnlyList<string> FailuresOf(string key, string value) =>
        OptionsBench.Failures<ConsoleOptions, ConsoleOptionsValidator>("Console", (key, value));
}
