using System.Net;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Home;

public sealed class StartPageTests : IDisposable
{
    private readonly SandboxApp _sandbox = new();

    [Fact]
    public async Task Page_Shown_GivesTheSettingsOfThisVeryServer()
    {
        var page = WebUtility.HtmlDecode(await _sandbox.Anonymous.GetStringAsync("sandbox"));

        foreach (var path in (string[])["sandbox/twilio<", "sandbox/sync<", "sandbox/entra/<"])
            page.ShouldContain($"<code>{_sandbox.Url}{path}");
        foreach (var value in (string[])[SandboxApp.AccountSid, SandboxApp.AuthToken, SandboxApp.ApiKeySid, SandboxApp.ApiKeySecret])
            page.ShouldContain($"<code>{value}</code>");
        page.ShouldContain("Tomás Herrera");
        page.ShouldNotContain("<script");
    }

    [Fact]
    public async Task Page_Shown_OffersAddressesThatAnswer()
    {
        var page = WebUtility.HtmlDecode(await _sandbox.Anonymous.GetStringAsync("sandbox"));
        var instance = Between(page, "<code>AzureAd:Instance</code></dt><dd><code>", "</code>");
        var tenant = Between(page, "<code>AzureAd:TenantId</code></dt><dd><code>", "</code>");

        (await _sandbox.Anonymous.GetAsync($"{instance}{tenant}/v2.0/.well-known/openid-configuration")).StatusCode
            .ShouldBe(HttpStatusCode.OK);
        (await _sandbox.Anonymous.GetAsync(Between(page, "<pre>curl -s ", "</pre>"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Page_BehindAProxy_ShowsTheConfiguredBase()
    {
        using var sandbox = new SandboxApp(new() { ["Sandbox:BaseUrl"] = "https://sandbox.example/" });

        var page = await sandbox.Anonymous.GetStringAsync("sandbox");

        page.ShouldContain("https://sandbox.example/sandbox/sync<");
        page.ShouldNotContain("127.0.0.1");
    }

    [Fact]
    public async Task Page_OfAServerAlone_LinksToThePhoneAndSaysHowCallsGetToAgentPay()
    {
        var page = await _sandbox.Anonymous.GetStringAsync("sandbox");

        page.ShouldContain("href=\"/sandbox/phone\"");
        page.ShouldNotContain("Open the console");
        foreach (var key in (string[])["Voice:OriginationUri", "AgentPay:PublicBaseUrl", "Sandbox:InboundUrl", "Sandbox:OutboundUrl"])
            page.ShouldContain($"<code>{key}</code>");
    }

    [Fact]
    public async Task Page_OfAgentPayOnItsSandbox_LinksToThePhoneAndTheConsole()
    {
        using var app = new AgentPayApp();

        var page = await app.Http.GetStringAsync("sandbox");

        page.ShouldContain("href=\"/sandbox/phone\"");
        page.ShouldContain("<a href=\"/\">Open the console</a>");
        page.ShouldNotContain("<code>Sandbox:InboundUrl</code>");
    }

    public void Dispose() => _sandbox.Dispose();

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
