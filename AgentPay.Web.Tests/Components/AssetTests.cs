using System.Text.RegularExpressions;
using AgentPay.Web.Sandbox.Pages;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Components;

/// <summary>Style sheets, scripts and fonts: compressed, and kept by browsers, as their names change with their content.</summary>
public sealed partial class AssetTests
{
    private const string Forever = "max-age=31536000, immutable";

    [Fact]
    public async Task Page_WithACircuit_LinksFilesThatAreCompressedAndKept()
    {
        using var app = new AgentPayApp();
        using var browser = new HttpBrowser(app.Url);
        await app.ReadyAsync();
        (await browser.SignInAsync(People.Amara)).Dispose();
        using var page = await browser.GoAsync("/");
        var files = Files().Matches(await page.Content.ReadAsStringAsync()).Select(file => file.Groups[1].Value).ToList();

        files.Count.ShouldBe(7);
        files.Count(file => file.Contains("MudBlazor.min", StringComparison.Ordinal)).ShouldBe(2);
        foreach (var file in files)
        {
            using var answer = await browser.FetchAsync(HttpMethod.Get, "/" + file, ("Accept-Encoding", "gzip"));
            answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"], file);
            answer.Headers.CacheControl!.ToString().ShouldBe(Forever, file);
        }
    }

    [Fact]
    public async Task Page_WithoutACircuit_LoadsNoScriptOfMudBlazorOrBlazor()
    {
        using var app = new AgentPayApp();

        var html = await app.Http.GetStringAsync("/signed-out");

        Files().Matches(html).Select(file => file.Groups[1].Value).Where(file => file.EndsWith(".js", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith("agentpay.");
    }

    /// <summary>The build makes fingerprints, but writes none into style sheets: after a change of a font, its new name has to be written there.</summary>
    [Fact]
    public async Task Fonts_OfTheConsoleAndTheSandbox_AreThereAndKept()
    {
        using var console = new AgentPayApp();
        await using var sandbox = new SandboxApp();
        var css = await console.Http.GetStringAsync("/app.css");
        var ofConsole = Fonts().Matches(css).Select(font => font.Groups[1].Value).ToList();
        var ofSandbox = Fonts().Matches(SandboxStyle.Sheet).Select(font => font.Groups[1].Value).ToList();

        ofConsole.Count.ShouldBe(2);
        ofSandbox.Count.ShouldBe(1);
        foreach (var (http, font) in ofConsole.Concat(ofSandbox).Select(font => (console.Http, font)).Concat(ofSandbox.Select(font => (sandbox.Anonymous, font))))
        {
            using var answer = await http.GetAsync(font);
            answer.IsSuccessStatusCode.ShouldBeTrue(font);
            answer.Headers.CacheControl!.ToString().ShouldBe(Forever, font);
        }
        (await console.Http.GetStringAsync("/signed-out")).ShouldContain($"href=\"{ofConsole[0]}\"");
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]+\\.(?:css|js))\"")]
    private static partial Regex Files();

    [GeneratedRegex("url\\(\"([^\"]+\\.woff2)\"\\)")]
    private static partial Regex Fonts();
}
