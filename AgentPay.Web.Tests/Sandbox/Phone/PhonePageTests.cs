using System.Net;
using System.Text.RegularExpressions;
using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Gateway;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.Sandbox.Phone;

/// <summary>The page's HTML and its files.</summary>
public sealed partial class PhonePageTests : IDisposable
{
    private readonly SandboxApp _sandbox = new();

    [Fact]
    public async Task Page_Shown_RunsItsOwnScriptAlone()
    {
        using var answer = await _sandbox.Anonymous.GetAsync("sandbox/phone");
        var html = await answer.Content.ReadAsStringAsync();

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; style-src 'sha256-");
        policy.ShouldContain("script-src 'self'; connect-src 'self'; ");
        policy.ShouldNotContain("unsafe");
        Scripts().Matches(html).Select(m => m.Value).ShouldBe(
        [
            "<script src=\"/sandbox/phone/phone.js\" defer></script>",
            "<script src=\"/sandbox/phone/phone-actions.js\" defer></script>",
        ]);
        Handlers().Count(html).ShouldBe(0);
        html.ShouldNotContain("://", Case.Insensitive, "there are no assets of others");
    }

    [Fact]
    public async Task OtherPages_OfTheSandbox_RunNoScript()
    {
        using var answer = await _sandbox.Anonymous.GetAsync("sandbox");

        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("script-src");
    }

    [Fact]
    public async Task Page_Shown_ListsAllTestNumbers()
    {
        var html = await PageAsync("");

        var listed = CardNumbers().Matches(html).Select(m => m.Groups[1].Value);
        listed.ShouldBe(TestCards.Cards.Concat(TestCards.BankAccounts).Select(card => card.Number), ignoreOrder: true);
    }

    [Theory]
    [InlineData("", "+61400000000")]
    [InlineData("?from=%2B14155550100", "+14155550100")]
    public async Task Number_AskedFor_IsTheHandsets(string query, string number) =>
        (await PageAsync(query)).ShouldContain($"data-sandbox=\"/sandbox\" data-number=\"{number}\"");

    [Theory]
    [InlineData("0400000000")]
    [InlineData("\"><script>alert(1)</script>")]
    public async Task Number_ThatIsNone_IsShownAgainWithWhatToDo(string text)
    {
        var html = await PageAsync("?from=" + Uri.EscapeDataString(text));

        html.ShouldContain("data-number=\"+61400000000\"");
        html.ShouldContain("aria-invalid=\"true\"");
        WebUtility.HtmlDecode(html).ShouldContain($"value=\"{text}\"");
        Scripts().Count(html).ShouldBe(2);
    }

    [Fact]
    public async Task Console_ThatIsNotKnown_IsNotLinkedTo()
    {
        var html = await PageAsync("");

        html.ShouldNotContain("console-link");
        html.ShouldNotContain("Open the console");
    }

    [Fact]
    public async Task Console_Configured_IsLinkedTo()
    {
        using var sandbox = new SandboxApp(new() { ["Sandbox:ConsoleUrl"] = "http://localhost:5080/" });

        var html = await sandbox.Anonymous.GetStringAsync("sandbox/phone");

        html.ShouldContain("data-console=\"http://localhost:5080\"");
        html.ShouldContain("console-link");
    }

    [Fact]
    public async Task Page_OfAgentPayOnItsSandbox_LinksToItsOwnConsoleAndNeedsNoSignIn()
    {
        using var app = new AgentPayApp();

        var html = await app.Http.GetStringAsync("sandbox/phone");

        html.ShouldContain("data-console=\"\"");
        html.ShouldContain("console-link");
        (await app.Http.GetAsync("sandbox/phone/phone.js")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Phone_InLiveMode_IsNotThere()
    {
        using var app = new AgentPayApp(new()
        {
            ["AgentPay:Mode"] = "Live",
            ["AgentPay:PublicBaseUrl"] = "https://pay.example.com",
            ["Voice:OriginationUri"] = "pbx.example.com",
            ["Twilio:AccountSid"] = SandboxApp.AccountSid,
            ["Twilio:AuthToken"] = SandboxApp.AuthToken,
            ["Twilio:ApiKeySid"] = SandboxApp.ApiKeySid,
            ["Twilio:ApiKeySecret"] = SandboxApp.ApiKeySecret,
            ["Twilio:SyncBaseUrl"] = $"{_sandbox.Url}sandbox/sync",
            ["AzureAd:Instance"] = $"{_sandbox.Url}sandbox/entra/",
            ["AzureAd:TenantId"] = "00000000-0000-4000-8000-000000000001",
            ["AzureAd:ClientId"] = "00000000-0000-4000-8000-000000000002",
            ["AzureAd:ClientSecret"] = "secret",
        });

        foreach (var path in (string[])["", "/events?number=%2B61400000000", "/phone.js", "/phone-actions.js", "/phone.css"])
            (await app.Http.GetAsync("sandbox/phone" + path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        var unknown = (await app.Http.PostAsync("nowhere", null)).StatusCode;
        foreach (var verb in (string[])["press", "type", "stop"])
            (await app.Http.PostAsync($"sandbox/phone/calls/CA1/{verb}", null)).StatusCode.ShouldBe(unknown, verb);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.168.1.20", false)]
    public void Machine_OtherThanTheSandboxs_IsNotServed(string? address, bool isServed)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);

        LocalApi.IsFromThisMachine(context).ShouldBe(isServed);
    }

    public void Dispose() => _sandbox.Dispose();

    private async Task<string> PageAsync(string query) =>
        (await _sandbox.Anonymous.GetStringAsync("sandbox/phone" + query)).Replace("&#x2B;", "+");

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("""<[^>]*\s(on[a-z]+|style)\s*=|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex Handlers();

    [GeneratedRegex("class=\"test-card\" data-number=\"([0-9]+)\"")]
    private static partial Regex CardNumbers();
}
