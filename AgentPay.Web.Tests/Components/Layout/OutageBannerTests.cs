using System.Reflection;
using System.Security.Claims;
using AgentPay.Web.Components.Layout;
using AgentPay.Web.Components.Pages;
using AgentPay.Web.Identity;
using AgentPay.Web.Outages;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.UserSessions;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

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

    [Theory]
    [InlineData(AgentPayRoles.Agent)]
    [InlineData(AgentPayRoles.Supervisor)]
    [InlineData(AgentPayRoles.Admin)]
    public void Layout_OfAnyPage_ShowsTheBannerAboveThePageForEveryRole(string role)
    {
        Services.AddSingleton<AntiforgeryStateProvider, NoAntiforgery>();
        JSInterop.Setup<string?>("agentpay.timeZone").SetResult("UTC");
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        Outages.Publish(OutageList.Key, new(2, [new(Dependency.Twilio, "", Since)]));

        var layout = Render<MainLayout>(p => p.AddCascadingValue(SignedIn(role)).Add(l => l.Body, "<h1>A page</h1>"));

        layout.WaitForAssertion(() => layout.Find("aside[aria-label=Outage] ~ main").TextContent.ShouldContain("A page"));
        layout.Find("aside[aria-label=Outage]").TextContent.ShouldContain("Twilio is not responding. Payments can't be started or continued.");
    }

    [Fact]
    public void Pages_OfTheConsole_HaveThatLayout()
    {
        var pages = typeof(MainLayout).Assembly.GetTypes().Where(type => type.Namespace == typeof(BoardPage).Namespace && type.IsDefined(typeof(RouteAttribute)));

        pages.Where(page => page.GetCustomAttribute<LayoutAttribute>() is not null).ShouldBe([typeof(HistoryPrintPage)]);
        pages.Count().ShouldBeGreaterThan(4);
    }

    private Task<AuthenticationState> SignedIn(string role)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity([new("oid", "7"), new("preferred_username", "maria@example.com"), new("roles", role)], "test"));
        SessionClaims.Begin(principal, Clock.GetUtcNow().AddHours(8));
        return Task.FromResult(new AuthenticationState(principal));
    }

    private sealed class NoAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
