using AgentPay.Web.Components.Layout;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.WebPages;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Components.Layout;

/// <summary>Navigation rail, app bar and menus, for each kind of person.</summary>
public sealed class FrameTests : ConsoleContext
{
    private static readonly CurrentUser Tomas =
        new("00000000-0000-4000-8000-00000000000c", "Tomás Herrera", "tomas@agentpay.example", [AgentPayRoles.Admin]);

    public FrameTests() => Services.AddSingleton<AntiforgeryStateProvider, NoAntiforgery>();

    [Fact]
    public void Rail_OfAnAgent_LeadsToPaymentsAndHistory() =>
        LinksOf(Show(Amara)).ShouldBe(["Skip to the content", "AgentPay", "Payments", "History", "Open the phone"]);

    [Fact]
    public void Rail_OfAnAdministrator_LeadsToTheSetup() =>
        LinksOf(Show(Tomas)).ShouldBe(["Skip to the content", "AgentPay", "Setup", "Open the phone"]);

    [Fact]
    public void Rail_WithoutAUser_HasNoPages() => LinksOf(Show(null)).ShouldBe(["Skip to the content", "AgentPay", "Open the phone"]);

    [Theory]
    [InlineData("", "Payments")]
    [InlineData("pay?uui=7", "Payments")]
    [InlineData("history?day=2026-01-01", "History")]
    public void Rail_AtAPage_MarksItsLink(string path, string name)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(path);

        var current = Show(Amara).FindAll("nav a[aria-current=page]");

        current.ShouldHaveSingleItem().TextContent.ShouldBe(name);
    }

    [Fact]
    public void Rail_WithAConfiguredLogo_ShowsIt()
    {
        Services.AddSingleton(Options.Create(new ConsoleOptions { LogoUrl = "https://www.example.com/logo.svg" }));

        Show(Amara).Find("a[aria-label=AgentPay] img").GetAttribute("src").ShouldBe("https://www.example.com/logo.svg");
    }

    [Fact]
    public void Bar_InLiveMode_SaysNothingOfASandbox()
    {
        Services.AddSingleton(Options.Create(new AgentPayOptions { Mode = AgentPayMode.Live }));

        Show(Amara).HasRole("link", "Open the phone").ShouldBeFalse();
    }

    [Fact]
    public void UserMenu_OfSomebodyWithTwoRoles_NamesPersonAndRolesButNoAddress()
    {
        var frame = Show(Priya with { Roles = [AgentPayRoles.Supervisor, AgentPayRoles.Admin] });

        var menu = frame.Find("details.user-menu");
        menu.QuerySelector("summary")!.TextContent.ShouldContain("Signed in as Priya Raman");
        menu.TextContent.ShouldContain("Supervisor, Administrator");
        menu.TextContent.ShouldNotContain("@");
        frame.FindByRole("button", "Sign out").Closest("form")!.GetAttribute("action").ShouldBe("signout");
    }

    [Fact]
    public void AppearanceMenu_WithoutAUserToo_OffersLightDarkAndTheSystems()
    {
        var frame = Show(null);

        string[] labels = ["Light", "Dark", "Same as system"];
        labels.Select(label => frame.FindByLabel(label).GetAttribute("value")).ShouldBe(["light", "dark", "system"]);
        frame.AllByRole("radio").Select(radio => radio.GetAttribute("name")).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void ShortcutHelp_Always_ListsTheKeysInADialogWithAName()
    {
        var frame = Show(Amara);

        frame.FindByRole("dialog", "Keyboard").QuerySelectorAll("dt").Select(keys => keys.TextContent.Trim())
            .ShouldBe(["CtrlEnter", "↑↓", "Enter", "Esc", "Tab", "?"], ignoreOrder: false);
    }

    private static IEnumerable<string> LinksOf(IRenderedComponent<Frame> frame) =>
        frame.AllByRole("link").Select(link => frame.NameOf(link));

    private IRenderedComponent<Frame> Show(CurrentUser? user) =>
        Render<Frame>(p => p.Add(f => f.User, user).AddChildContent("<main id=\"content\"></main>"));

    private sealed class NoAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
