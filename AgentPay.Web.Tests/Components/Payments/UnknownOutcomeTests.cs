using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>No screen suggests charging again while an outcome is unknown.</summary>
public sealed class UnknownOutcomeTests(PanelDesk desk) : PanelContext(desk)
{
    [Fact]
    public async Task Unknown_NeverOffersToTakeOrTryAgain()
    {
        var (panel, payment) = await ShowAsync(APayment.Unknown());

        Enabled(panel).ShouldBe(["Check again"]);
        panel.Markup.ShouldContain("Do not charge again.");
        panel.Markup.ShouldContain(payment.Id.ToString());
        panel.HasRole("button", "Copy Payment").ShouldBeTrue();
        panel.HasRole("button", "Copy Twilio payment").ShouldBeTrue();
    }

    [Fact]
    public async Task CheckAgain_NothingNew_SaysWhenItLooked()
    {
        var (panel, _) = await ShowAsync(APayment.Unknown());

        PressPrimary(panel);

        panel.WaitForAssertion(() => panel.Markup.ShouldContain("still no result"));
        Enabled(panel).ShouldBe(["Check again"]);
    }

    [Fact]
    public async Task CheckAgain_TheOutcomeIsInSyncByNow_ShowsIt()
    {
        var (panel, payment) = await ShowAsync(APayment.Unknown());
        var store = Desk.Host.Service<AgentPay.Web.Sync.DocumentStore<PaymentSession>>();
        var stored = (await store.FetchAsync(PaymentStore.NameOf(payment.Id), default))!;
        var paid = (payment.Apply(APayment.Ended("success"))) with { Version = payment.Version + 1 };
        await store.UpdateAsync(PaymentStore.NameOf(payment.Id), paid, stored.Revision, null, AgentPay.Web.Sync.SyncUrgency.Normal,
            default);

        PressPrimary(panel);

        panel.WaitForAssertion(() => panel.HasRole("heading", "Paid").ShouldBeTrue());
    }

    [Theory]
    [InlineData(PaymentPhase.Unknown)]
    [InlineData(PaymentPhase.Failed)]
    public async Task Check_ForAnAgent_IsShownButNotClosed(PaymentPhase phase)
    {
        var (panel, _) = await ShowAsync(APayment.In(phase));

        panel.HasRole("button", "Close the check").ShouldBeFalse();
        panel.Markup.ShouldContain("A supervisor closes the check");
    }

    [Fact]
    public async Task Check_ClosedByASupervisor_LetsTheAgentTryAgainAtOnce()
    {
        var (panel, payment) = await ShowAsync(APayment.Unknown());
        var supervisor = Until(Show(payment.Call, new(), Priya), shown => shown.FindByRole("button", "Close the check"));
        supervisor.FindByRole("button", "Close the check").HasAttribute("disabled").ShouldBeTrue();

        supervisor.Choose("Not charged");
        supervisor.Enter("Note (optional)", "not in the gateway");
        supervisor.Press("Close the check");

        panel.WaitForAssertion(() => panel.HasRole("heading", "Checked: the payment was not taken.").ShouldBeTrue());
        Text(panel.Find(".outcome")).ShouldContain("Checked by Priya");
        Text(panel.Find(".outcome")).ShouldContain(". not in the gateway");
        Text(panel.Find(".outcome")).ShouldContain("has not been charged. You can start again");
        Enabled(panel).ShouldBe(["Try again"]);
        Desk.Host.Feed.Latest(payment.Id)!.Closing!.By.ShouldBe(Priya.PrincipalName);
    }

    [Fact]
    public async Task Check_WithACardNumberInTheNote_IsRefusedInPlace()
    {
        var (panel, payment) = await ShowAsync(APayment.Unknown(), Priya);

        panel.Choose("Charged");
        panel.Enter("Gateway reference", "4111 1111 1111 1111");
        panel.Press("Close the check");

        panel.WaitForAssertion(() => panel.Find("[role=alert]").TextContent.ShouldContain("card number"));
        Desk.Host.Feed.Latest(payment.Id)!.Closing.ShouldBeNull();
    }

    [Fact]
    public async Task Failure_WithoutAKnownReason_ClaimsNothingAndIsNoPrimaryRetry()
    {
        var (panel, _) = await ShowAsync(APayment.Submitting().Apply(APayment.Ended("something-new")));

        panel.Markup.ShouldContain("Make sure in the payment gateway that nothing was charged");
        panel.Markup.ShouldContain("something-new");
        Primary(panel).ShouldBeNull();
        Enabled(panel).ShouldBe(["Edit and try again", "Try again"]);
    }
}
