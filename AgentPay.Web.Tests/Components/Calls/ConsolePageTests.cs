using AgentPay.Web.ScreenPops;
using AgentPay.Web.Components.Calls;
using AgentPay.Web.Components.Pages;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Support;
using Bunit;
using Bunit.TestDoubles;

namespace AgentPay.Web.Tests.Components.Calls;

/// <summary>The console page: its address determines which call is open.</summary>
public sealed class ConsolePageTests(CallsFixture fixture) : CallsConsole(fixture)
{
    [Fact]
    public void Page_NoCall_HasTheListAndAnInvitation()
    {
        var page = Shown(Amara, "");

        TextOf(page).ShouldContain("No call is open");
        page.HasComponent<LiveCalls>().ShouldBeTrue();
        page.FindAll("h1").Count.ShouldBe(1);
    }

    [Fact]
    public void Page_AdminAlone_IsSetUp()
    {
        Shown(Tomas, "");

        Navigation.Uri.ShouldEndWith("/setup");
    }

    [Fact]
    public void Page_AdminAloneOnACall_SaysThatTheRoleTakesNoPayments()
    {
        var page = Shown(Tomas, "pay?uui=crm-1");

        TextOf(page).ShouldContain("Your role does not take payments");
        page.FindByRole("link", "Open Setup").GetAttribute("href").ShouldBe("setup");
        page.HasComponent<LiveCalls>().ShouldBeFalse();
    }

    [Fact]
    public async Task Claim_InTheList_OpensTheCallAndPutsItIntoTheAddress()
    {
        var call = await CallsInAsync();
        var page = Shown(Amara, "");

        page.WaitForElement("li button").Click();

        page.WaitForAssertion(() => page.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Call).PstnSid
            .ShouldBe(call.PstnSid));
        Navigation.Uri.ShouldEndWith($"/pay?callSid={call.PstnSid}");
        (await FocusedAsync(page)).ShouldBe("#call-title");
    }

    [Fact]
    public async Task Address_GoesBack_TheCallIsClosed()
    {
        var call = await CallsInAsync();
        var page = Shown(Amara, $"pay?callSid={call.PstnSid}");
        page.WaitForAssertion(() => page.HasComponent<Stub<PaymentPanel>>().ShouldBeTrue());

        Navigation.NavigateTo("");

        page.WaitForAssertion(() => TextOf(page).ShouldContain("No call is open"));
        (await FocusedAsync(page)).ShouldBe("#calls-title");
    }

    [Fact]
    public async Task Address_AnotherCall_ReplacesTheFirst()
    {
        var (first, second) = (await CallsInAsync("+61400000001"), await CallsInAsync("+61400000002"));
        var page = Shown(Amara, $"pay?callSid={first.PstnSid}&amount=5");
        page.WaitForAssertion(() => page.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Draft)!.Amount
            .ShouldBe(5));
        await ClaimAsync(second, Amara);

        page.WaitForAssertion(() => page.FindAll("li a").Count.ShouldBe(2));
        Navigation.NavigateTo(page.FindAll("li a").Select(a => a.GetAttribute("href")!)
            .Single(href => href.Contains(second.PstnSid.ToString())));

        page.WaitForAssertion(() => page.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Call).PstnSid
            .ShouldBe(second.PstnSid));
        page.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Draft)!.Amount.ShouldBeNull();
    }

    [Fact]
    public async Task Draft_ForACallThatDoesNotCome_GoesWithTheOneThatIsChosen()
    {
        await CallsInAsync();
        var page = Shown(Amara, "pay?uui=lost&amount=12.50");
        page.WaitForAssertion(() => TextOf(page).ShouldContain("Waiting for the call…"));

        page.WaitForElement("li button").Click();

        page.WaitForAssertion(() => page.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Draft)!.Amount
            .ShouldBe(12.50m));
    }

    [Fact]
    public async Task Address_BadValues_AreToldBesideTheCall()
    {
        await CallsOutAsync("crm-1");

        var page = Shown(Amara, "pay?uui=crm-1&amount=abc&currency=XX&reference=r-1");

        page.WaitForAssertion(() => page.FindComponent<Stub<PaymentPanel>>().Instance.Parameters.Get(panel => panel.Draft)
            .ShouldBe(new PaymentDraft(Reference: "r-1")));
        TextOf(page).ShouldContain("Some details from your CRM could not be used");
        TextOf(page).ShouldContain("The currency must be a three-letter code");
    }

    [Fact]
    public void Address_Elsewhere_ChangesNothing()
    {
        var page = Shown(Amara, "pay?uui=crm-9");

        Navigation.NavigateTo("history?callSid=CA1");

        page.FindComponent<OpenCall>().Instance.Pop.Uui.ShouldBe("crm-9");
    }

    [Fact]
    public async Task NewCall_WhileOneIsOpen_MovesNoFocusAndSaysNothing()
    {
        var call = await CallsInAsync("+61400000001");
        var page = Shown(Amara, $"pay?callSid={call.PstnSid}");
        page.WaitForAssertion(() => page.HasComponent<Stub<PaymentPanel>>().ShouldBeTrue());
        Advance(TimeSpan.FromSeconds(1));
        var said = Announcer.Status;

        await CallsInAsync("+61400000002");

        page.WaitForAssertion(() => RowsOf(page).Count.ShouldBe(2));
        Advance(TimeSpan.FromSeconds(1));
        Announcer.Status.ShouldBe(said);
        JSInterop.Invocations["agentpay.focus"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Dispose_LeavesNoReader()
    {
        var call = await CallsInAsync();
        var page = Shown(Amara, $"pay?callSid={call.PstnSid}");
        page.WaitForAssertion(() => page.HasComponent<Stub<PaymentPanel>>().ShouldBeTrue());

        await DisposeComponentsAsync();

        (Feed.Readers, Healths.Readers).ShouldBe((0, 0));
    }

    /// <summary>Where the focus has been sent last, once all that is under way on the page is done.</summary>
    private async Task<object?> FocusedAsync(IRenderedComponent<ConsolePage> page)
    {
        await page.InvokeAsync(() => { });
        return JSInterop.Invocations["agentpay.focus"][^1].Arguments.Single();
    }

    private IRenderedComponent<ConsolePage> Shown(CurrentUser user, string address)
    {
        Navigation.NavigateTo(address);
        return RenderFor<ConsolePage>(user, _ => { });
    }
}
