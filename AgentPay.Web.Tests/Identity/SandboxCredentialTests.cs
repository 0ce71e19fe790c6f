using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Identity;

/// <summary>AgentPay with its sandbox, and credentials of a real tenant in its configuration.</summary>
public sealed class SandboxCredentialTests
{
    [Fact]
    public async Task SignIn_WithACertificateThatTheSandboxWasNotGiven_GoesByTheSandboxesSecret()
    {
        using var certificate = new TestCertificate();
        using var app = new AgentPayApp(certificate.Settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        await app.ReadyAsync();
        using var browser = new HttpBrowser(app.Url);

        using var back = await browser.SignInAsync(People.Amara);

        back.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task SignIn_AfterAKeyRollover_Works()
    {
        using var app = new AgentPayApp();
        await app.ReadyAsync();
        using var browser = new HttpBrowser(app.Url);
        (await browser.SignInAsync(People.Amara)).Dispose();
        (await app.Http.PostAsync("sandbox/control/entra/rollover", null)).EnsureSuccessStatusCode();

        using var back = await browser.SignInAsync(People.Ben);

        back.Headers.Location!.OriginalString.ShouldBe("/");
    }
}
