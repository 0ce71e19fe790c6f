using AgentPay.Web.Components.Layout;
using AgentPay.Web.Tests.Support;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Components.Layout;

/// <summary>What replaces a page: an ended session; and the dialog of a lost connection.</summary>
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
    public void ReconnectDialog_Shown_IsANativeDialogThatSaysTheCallGoesOn()
    {
        var dialog = Render<ReconnectDialog>().Find("[role=alertdialog]");

        dialog.LocalName.ShouldBe("dialog");
        dialog.Id.ShouldBe("reconnect-dialog");
        dialog.TextContent.ShouldContain("The call and the caller's entry carry on. Nothing is charged");
    }
}
