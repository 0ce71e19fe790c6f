using AgentPay.Web.Components.Layout;
using AgentPay.Web.Components.Live;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Live;

public sealed class AnnouncerTests : ConsoleContext
{
    [Fact]
    public void StatusLine_NothingSaid_HasBothRegionsEmpty()
    {
        var line = Render<StatusLine>();

        line.Find("[role=status]").TextContent.ShouldBeEmpty();
        line.Find("[role=alert]").TextContent.ShouldBeEmpty();
    }

    [Fact]
    public void Say_SeveralInAShortTime_SpeaksTheLastAlone()
    {
        var spoken = new List<string>();
        Announcer.Changed += () => spoken.Add(Announcer.Status);
        for (var i = 1; i <= 20; i++) Announcer.Say($"sentence {i}");

        Advance(Announcer.Pause);

        spoken.ShouldBe(["sentence 20"]);
    }

    [Fact]
    public void Say_AfterThePause_StandsInTheStatusRegion()
    {
        var line = Render<StatusLine>();
        Announcer.Say("Ready to take the payment.");

        Advance(Announcer.Pause);

        line.WaitForAssertion(() => line.Find("[role=status]").TextContent.ShouldBe("Ready to take the payment."));
    }

    [Fact]
    public void Warn_StandsInTheAlertRegionAtOnce()
    {
        var line = Render<StatusLine>();

        Announcer.Warn("The call has ended.");

        line.WaitForAssertion(() => line.Find("[role=alert]").TextContent.ShouldBe("The call has ended."));
    }
}
