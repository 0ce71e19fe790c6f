using System.Net;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>Entra has not been reachable since the start.</summary>
public sealed class EntraDownAtStartTests : OutageTests
{
    private const string Words = "sign-in service could not be reached";

    [Fact]
    public async Task SignIn_EntrasNameDoesNotResolve_SaysThatEntraIsNotReachedAndCallsGoOn()
    {
        await StartAsync(("AzureAd:Instance", "https://login.invalid/"));
        using var browser = World.Browser();

        await IsToldAsync(browser);

        var call = await World.PassUntilAsync(World.Sandbox.Control.CallInAsync());
        (await World.Sandbox.Control.StatusAsync(call)).ShouldBe("in-progress");
        (await DegradedWorld.ReadinessAsync(App)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignIn_EntraComesLater_WorksWithTheNextTry()
    {
        await using var entra = new Wire(World.Sandbox.Url);
        entra.Cut();
        await StartAsync(("AzureAd:Instance", entra.Url + "sandbox/entra/"));
        using var browser = World.Browser();
        await IsToldAsync(browser);

        entra.Mend();

        (await browser.SignInAsync(People.Amara)).Dispose();
        using var page = await browser.GoAsync("/");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).ShouldContain("Live calls");
    }

    private static async Task IsToldAsync(HttpBrowser browser)
    {
        using var denied = await browser.GoAsync("/");
        denied.Headers.Location!.OriginalString.ShouldStartWith("/denied?reason=entra-unreachable&reference=");
        using var told = await browser.FollowAsync(denied);
        (await told.Content.ReadAsStringAsync()).ShouldContain(Words);
    }
}
