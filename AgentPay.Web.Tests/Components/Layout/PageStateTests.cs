using AgentPay.Web.Components.Layout;
using AgentPay.Web.Tests.Support;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Components.Layout;

/// <summary>What replaces a page: an ended session, a missing role, an error; and the dialog of a lost connection.</summary>
public sealed class PageStateTests : ConsoleContext
{
    [Fact]
    public void SessionOver_OnAPage_WarnsAndLeadsBackToThePage()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("pay?uui=7");

        var shown = Render<SessionOver>();

        shown.FindByRole("link", "Sign in again").GetAttribute("href").ShouldBe("signin?returnUrl=%2Fpay%3Fuui%3D7");
        Announcer.Alert.ShouldStartWith("Your sign-in has ended.");
    }

    [Fact]
    public void NoRole_Shown_SaysWhomToAsk()
    {
        var shown = Render<NoRole>();

        shown.FindByRole("heading", "You don't have access to this page");
        shown.Markup.ShouldContain("Ask your AgentPay administrator");
    }

    [Fact]
    public void PageBroken_Shown_ReloadsByTheBrowser()
    {
        var shown = Render<PageBroken>();

        shown.FindByRole("button", "Reload the page").HasAttribute("data-reload").ShouldBeTrue();
        shown.Markup.ShouldContain("A payment in progress continues");
    }

    [Fact]
    public void ReconnectDialog_Shown_IsANativeDialogThatSaysTheCallGoesOn()
    {
        var dialog = Render<ReconnectDialog>().Find("[role=alertdialog]");

        dialog.LocalName.ShouldBe("dialog");
        dialog.Id.ShouldBe("reconnect-dialog");
        dialog.TextContent.ShouldContain("The call and the caller's entry carry on. Nothing is charged");
    }
}
