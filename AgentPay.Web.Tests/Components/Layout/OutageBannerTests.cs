using AgentPay.Web.Components.Layout;
using AgentPay.Web.Outages;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Layout;

public sealed class OutageBannerTests : ConsoleContext
{
    private static readonly DateTimeOffset Since = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Banner_NoOutage_ShowsNothing()
    {
        Outages.Publish(OutageList.Key, new(1, []));

        RenderFor<OutageBanner>(Amara, _ => { }).FindAll("aside").ShouldBeEmpty();
    }

    [Fact]
    public void Banner_Outages_AreShownAndAnnouncedUntilTheyEnd()
    {
        var banner = RenderFor<OutageBanner>(Amara, _ => { });

        Outages.Publish(OutageList.Key, new(2, [new(Dependency.Gateway, "Shop", Since), new(Dependency.Sync, "", Since)]));
        banner.WaitForAssertion(() => banner.FindAll("aside").Count.ShouldBe(2));
        banner.FindAll("aside")[0].TextContent.ShouldContain("The payment gateway is failing (Shop).");
        banner.FindAll("aside")[1].TextContent.ShouldContain("Twilio Sync is not responding.");
        Advance(TimeSpan.FromSeconds(1));
        Announcer.Status.ShouldStartWith("Twilio Sync is not responding.");

        Outages.Publish(OutageList.Key, new(3, []));
        banner.WaitForAssertion(() => banner.FindAll("aside").ShouldBeEmpty());
        Advance(TimeSpan.FromSeconds(1));
        Announcer.Status.ShouldBe("The outage is over.");
    }
}
