using System.Net;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>Sync is not reachable when an instance starts, and recovers later.</summary>
public sealed class SyncDownAtStartTests : OutageTests
{
    [Theory]
    [InlineData(Outage.Refused)]
    [InlineData(Outage.Errors)]
    [InlineData(Outage.Throttled)]
    public async Task Instance_SyncComesLater_SaysSoPutsCallsThroughAndGetsReadyByItself(Outage outage)
    {
        await SyncFailsAsync(outage);
        Begin();

        await GetsReadyByItselfAsync(AllIsWellAsync);
    }

    [Fact]
    public async Task Instance_SyncsNameResolvesLater_SaysSoPutsCallsThroughAndGetsReadyByItself()
    {
        using var name = new LateName("sync.invalid");
        Begin(("Twilio:SyncBaseUrl", "http://sync.invalid/sandbox/sync"));

        await GetsReadyByItselfAsync(() =>
        {
            name.Resolve(World.Sandbox.Url);
            return Task.CompletedTask;
        });
    }

    private async Task GetsReadyByItselfAsync(Func<Task> back)
    {
        (await World.PassUntilAsync(DegradedWorld.ReadinessAsync(App))).ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var browser = World.Browser();
        await IsAskedToComeBackAsync(browser);
        var call = await World.PassUntilAsync(World.Sandbox.Control.CallInAsync());
        (await World.Sandbox.Control.StatusAsync(call)).ShouldBe("in-progress");

        await back();
        await World.PassUntilAsync(async () => await DegradedWorld.ReadinessAsync(App) == HttpStatusCode.OK);

        (await World.PassUntilAsync(browser.SignInAsync(People.Amara))).Dispose();
        using var page = await World.PassUntilAsync(browser.GoAsync("/"));
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).ShouldContain("Live calls");
        var map = World.CallsInSync(App);
        await World.PassUntilAsync(async () => (await map.FindAsync(call))?["status"] == "in-progress");
        (await map.GetAsync(call))["from"].ShouldBe(SandboxControl.Customer);
    }

    private async Task IsAskedToComeBackAsync(HttpBrowser browser)
    {
        using var page = await World.PassUntilAsync(browser.GoAsync("/"));
        page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Headers.GetValues("Refresh").ShouldBe(["5"]);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await page.Content.ReadAsStringAsync()).ShouldContain(
            "AgentPay is starting and has not reached Twilio Sync yet. Calls continue. This page reloads automatically.");
    }
}
