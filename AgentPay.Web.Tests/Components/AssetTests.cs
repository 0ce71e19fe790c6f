using System.Text.Json;
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

        files.Count.ShouldBe(8);
        files.Count(file => file.Contains("MudBlazor.min", StringComparison.Ordinal)).ShouldBe(2);
        foreach (var file in files)
        {
            var headers = HeadersOf(file);
            headers.ShouldContain(("Content-Encoding", "gzip"), file);
            headers.Where(header => header.Name == "Cache-Control").Select(header => header.Value).Distinct().ShouldBe([Forever], file);
        }
    }

    [Fact]
    public void Files_OfMudBlazor_AreWithoutSourceMaps() =>
        Endpoints().Select(endpoint => endpoint.GetProperty("Route").GetString()!)
            .ShouldNotContain(route => route.EndsWith(".map", StringComparison.Ordinal));

    [Fact]
    public async Task Page_WithoutACircuit_LoadsNoScriptOfMudBlazorOrBlazor()
    {
        using var app = new AgentPayApp();

        var html = await app.Http.GetStringAsync("/signed-out");

        Files().Matches(html).Select(file => file.Groups[1].Value).Where(file => file.EndsWith(".js", StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldStartWith("agentpay.");
    }

    /// <summary>
    /// The build makes fingerprints, but writes none into style sheets: after a change of a font, write its new name there.
    /// </summary>
    [Fact]
    public async Task Fonts_OfTheConsole_AreThereAndKept()
    {
        using var app = new AgentPayApp();
        var fonts = Fonts().Matches(await app.Http.GetStringAsync("/app.css")).Select(font => font.Groups[1].Value).ToList();

        fonts.Count.ShouldBe(2);
        foreach (var font in fonts)
        {
            (await app.Http.GetAsync(font)).IsSuccessStatusCode.ShouldBeTrue(font);
            HeadersOf(font).ShouldContain(("Cache-Control", Forever), font);
        }
        (await app.Http.GetStringAsync("/signed-out")).ShouldContain($"href=\"{fonts[0]}\"");
    }

    [Fact]
    public async Task Font_OfTheSandbox_IsThereWithTheConsoleAndAlone()
    {
        using var console = new AgentPayApp();
        await using var sandbox = new SandboxApp();
        var font = Fonts().Match(SandboxStyle.Sheet).Groups[1].Value;

        foreach (var http in (HttpClient[])[console.Http, sandbox.Anonymous])
        {
            using var answer = await http.GetAsync(font);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("font/woff2");
        }
    }

    /// <summary>
    /// What the build has written for a file and its compressed variants. In development, the server replaces the caching by none.
    /// </summary>
    private static List<(string Name, string Value)> HeadersOf(string file) =>
    [
        .. Endpoints().Where(endpoint => endpoint.GetProperty("Route").GetString() == file)
            .SelectMany(endpoint => endpoint.GetProperty("ResponseHeaders").EnumerateArray())
            .Select(header => (header.GetProperty("Name").GetString()!, header.GetProperty("Value").GetString()!)),
    ];

    private static JsonElement.ArrayEnumerator Endpoints()
    {
        var manifest = Path.Combine(AppContext.BaseDirectory, "AgentPay.Web.staticwebassets.endpoints.json");
        return JsonDocument.Parse(File.ReadAllText(manifest)).RootElement.GetProperty("Endpoints").EnumerateArray();
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]+\\.(?:css|js))\"")]
    private static partial Regex Files();

    [GeneratedRegex("url\\(\"([^\"]+\\.woff2)\"\\)")]
    private static partial Regex Fonts();
}
