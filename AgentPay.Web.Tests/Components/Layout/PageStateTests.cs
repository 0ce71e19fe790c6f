using AgentPay.Web.Components.Layout;
using System.Security.Claims;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.WebPages;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
    public void PageGate_OfAPageThatMayOpen_ShowsIt()
    {
        AddPlace();

        Render<PageGate>(gate => gate.AddChildContent("The page")).Markup.ShouldBe("The page");
    }

    [Fact]
    public async Task PageGate_OfOneTooMany_ShowsNothingOfItAndLeadsToThePageThatSaysSo()
    {
        var place = AddPlace(maxPages: 1);
        Services.GetRequiredService<OpenPages>().Open("somebody else").ShouldBeNull();
        Services.GetRequiredService<NavigationManager>().NavigateTo("pay?uui=7");
        await place.OnConnectionUpAsync(null!, default);

        var gate = Render<PageGate>(shown => shown.AddChildContent("The page"));

        gate.Markup.ShouldBeEmpty();
        var navigation = (BunitNavigationManager)Services.GetRequiredService<NavigationManager>();
        navigation.Uri.ShouldEndWith("/too-many-pages?limit=Instance&returnUrl=%2Fpay%3Fuui%3D7");
        navigation.History.First().Options.ForceLoad.ShouldBeTrue();
    }

    private CircuitPlace AddPlace(int maxPages = 10)
    {
        var pages = new OpenPages(Options.Create(new ConsoleOptions { MaxPages = maxPages }), Budgets.Meters());
        var place = new CircuitPlace(pages, new NobodySignedIn());
        Services.AddSingleton(pages);
        Services.AddSingleton(place);
        return place;
    }

    private sealed class NobodySignedIn : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(new(new ClaimsIdentity())));
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
