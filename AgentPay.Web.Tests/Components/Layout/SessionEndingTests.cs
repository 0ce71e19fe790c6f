using AgentPay.Web.Components.Layout;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.Identity;
using AgentPay.Web.UserSessions;
using AgentPay.Web.Tests.Support;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Components.Layout;

public sealed class SessionEndingTests : ConsoleContext
{
    [Fact]
    public void SessionEnding_LongBefore_SaysNothing()
    {
        var shown = Show();

        Advance(Sessions.Longest - SessionEnding.Notice - TimeSpan.FromSeconds(1));

        shown.Markup.Trim().ShouldBeEmpty();
    }

    [Fact]
    public void SessionEnding_AQuarterOfAnHourBefore_SaysSoAndLeadsBackToThePage()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("pay?uui=7");
        var shown = Show();

        Advance(Sessions.Longest - SessionEnding.Notice);

        shown.WaitForAssertion(() => shown.Find("aside").TextContent.ShouldContain("Your sign-in ends at"));
        shown.Find("a").GetAttribute("href").ShouldBe("signin?returnUrl=%2Fpay%3Fuui%3D7");
        Advance(AgentPay.Web.Components.Live.Announcer.Pause);
        Announcer.Status.ShouldStartWith("Your sign-in ends at");
    }

    private IRenderedComponent<SessionEnding> Show() =>
        Render<SessionEnding>(p => p.Add(s => s.End, Clock.GetUtcNow() + Sessions.Longest).Add(s => s.Clock, ViewerClock.Utc));
}
