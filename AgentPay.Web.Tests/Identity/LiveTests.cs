using System.Net;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Identity;

/// <summary>AgentPay in Live mode, at a sandbox that runs as a server of its own.</summary>
public sealed class LiveTests : IDisposable
{
    private const string PublicBaseUrl = "http://localhost:7080";

    private readonly SandboxApp _sandbox = new();
    private readonly AgentPayApp _app;
    private readonly HttpBrowser _browser;

    public LiveTests()
    {
        _app = new(new()
        {
            ["AgentPay:Mode"] = "Live",
            ["AgentPay:PublicBaseUrl"] = PublicBaseUrl,
            ["Voice:OriginationUri"] = "pbx.example.com",
            ["Twilio:AccountSid"] = SandboxApp.AccountSid,
            ["Twilio:AuthToken"] = SandboxApp.AuthToken,
            ["Twilio:ApiKeySid"] = SandboxApp.ApiKeySid,
            ["Twilio:ApiKeySecret"] = SandboxApp.ApiKeySecret,
            ["Twilio:ApiBaseUrl"] = $"{_sandbox.Url}sandbox/twilio",
            ["Twilio:SyncBaseUrl"] = $"{_sandbox.Url}sandbox/sync",
            ["AzureAd:Instance"] = $"{_sandbox.Url}sandbox/entra/",
            ["AzureAd:TenantId"] = EntraForge.Tenant,
            ["AzureAd:ClientId"] = EntraForge.ClientId,
            ["AzureAd:ClientSecret"] = "sandbox-client-secret-00000000000000",
        });
        _browser = new(_app.Url);
    }

    [Fact]
    public async Task SignIn_AtAServerOfItsOwn_GivesASyncToken()
    {
        await _app.ReadyAsync();
        using var away = await _browser.ChooseAsync("/signin", new() { ["person"] = People.Amara });

        (await _browser.GoAsync(away.Headers.Location!.AbsoluteUri[PublicBaseUrl.Length..])).Dispose();

        using var answer = await _browser.FetchAsync(HttpMethod.Post, "/getSyncToken");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sandbox_InLiveMode_IsNotThere()
    {
        foreach (var path in (string[])["/sandbox", "/sandbox/control/stats", $"/sandbox/entra/{EntraForge.Tenant}/v2.0/.well-known/openid-configuration"])
        {
            using var answer = await _app.Http.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    public void Dispose()
    {
        _browser.Dispose();
        _app.Dispose();
        _sandbox.Dispose();
    }
}
