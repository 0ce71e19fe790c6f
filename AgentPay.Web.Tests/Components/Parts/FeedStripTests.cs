using AgentPay.Web.Components.Parts;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Parts;

public sealed class FeedStripTests : ConsoleContext
{
    [Fact]
    public void FeedStrip_WhileUpdatesArrive_ShowsNothing()
    {
        var strip = Show();

        Healths.Publish("payments", new(true, Clock.GetUtcNow(), null));

        strip.Markup.Trim().ShouldBeEmpty();
    }

    [Fact]
    public void FeedStrip_WhileSyncDoesNotAnswer_ShowsTheTimeSinceTheLastUpdate()
    {
        var strip = Show();

        Healths.Publish("payments", new(false, Clock.GetUtcNow() - TimeSpan.FromSeconds(8), "Twilio Sync cannot be reached"));

        strip.WaitForAssertion(() => TextOf(strip).ShouldBe("Updates delayed. Last update 0:08 ago"));
    }

    [Fact]
    public void FeedStrip_WithoutAnyUpdateYet_NamesNoTime()
    {
        var strip = Show();

        Healths.Publish("payments", new(false, null, "Twilio Sync cannot be reached"));

        strip.WaitForAssertion(() => TextOf(strip).ShouldBe("Updates delayed."));
    }

    [Fact]
    public void FeedStrip_OnceUpdatesArriveAgain_GoesAndTellsItsPanel()
    {
        var told = new List<bool>();
        var strip = Render<FeedStrip>(p => p.Add(s => s.Source, "payments").Add(s => s.OnHealth, health => told.Add(health.IsLive)));

        Healths.Publish("payments", new(false, null, "Twilio Sync cannot be reached"));
        strip.WaitForAssertion(() => strip.Markup.ShouldContain("Updates delayed."));
        Healths.Publish("payments", new(true, Clock.GetUtcNow(), null));

        strip.WaitForAssertion(() => strip.Markup.Trim().ShouldBeEmpty());
        told.ShouldBe([false, true]);
    }

    private static string TextOf(IRenderedComponent<FeedStrip> strip) =>
        string.Join(' ', strip.Find("div").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IRenderedComponent<FeedStrip> Show() => Render<FeedStrip>(p => p.Add(s => s.Source, "payments"));
}
