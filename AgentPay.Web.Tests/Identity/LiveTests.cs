using System.Net;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Identity;

/// <summary>AgentPay in Live mode, with a sandbox that runs as a separate server.</summary>
public sealed class LiveTests : IDisposable
{
    private readonly SandboxApp _sandbox = new();
    private readonly AgentPayApp _app;
    private readonly HttpBrowser _browser;

    public LiveTests()
    {
        _app = LiveApp.Start(_sandbox);
        _browser = new(_app.Url);
    }

    [Fact]
    public async Task SignIn_AtAServerOfItsOwn_GivesASyncToken()
    {
        await _app.ReadyAsync();
        using var away = await _browser.ChooseAsync("/signin", new() { ["person"] = People.Amara });

        (await _browser.GoAsync(_app.At(away.Headers.Location!))).Dispose();

        using var answer = await _browser.FetchAsync(HttpMethod.Post, "/getSyncToken");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sandbox_InLiveMode_IsNotThere()
    {
        var discovery = $"/sandbox/entra/{EntraForge.Tenant}/v2.0/.well-known/openid-configuration";
        foreach (var path in (string[])["/sandbox", "/sandbox/control/stats", discovery])
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
