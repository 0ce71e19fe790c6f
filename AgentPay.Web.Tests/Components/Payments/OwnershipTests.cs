using AgentPay.Web.Components.Payments;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>A payment is its agent's; a supervisor may look, and take it over.</summary>
public sealed class OwnershipTests(PanelDesk desk) : PanelContext(desk)
{
    [Fact]
    public async Task AnothersPayment_ForAnAgent_IsNotShown()
    {
        var (panel, payment) = await ShowAsync(APayment.Ready(), Ben);

        panel.Markup.ShouldContain("Another agent is taking a payment on this call.");
        panel.Markup.ShouldNotContain("1111");
        panel.Markup.ShouldNotContain("42.50");
        panel.FindAll("button").ShouldBeEmpty();
        Desk.Host.Feed.IsWatched(payment.Id).ShouldBeFalse();
    }

    [Fact]
    public async Task AnothersPayment_AfterItsEnd_LeavesTheWayFree()
    {
        var (panel, _) = await ShowAsync(APayment.Succeeded(), Ben);

        panel.WaitForAssertion(() => panel.Find("#payment-form"));
    }

    [Fact]
    public async Task AnothersPayment_WhoseOutcomeIsUnknown_KeepsTheWayShut()
    {
        var (panel, _) = await ShowAsync(APayment.Unknown(), Ben);

        panel.FindAll("#payment-form").ShouldBeEmpty();
    }

    [Fact]
    public async Task AnothersPayment_ForASupervisor_IsReadOnlyUntilTakenOver()
    {
        var (panel, payment) = await ShowAsync(APayment.Ready(), Priya);
        Enabled(panel).ShouldBe(["Take over"]);

        panel.FindByRole("button", "Take it over").Click();

        panel.WaitForAssertion(() => Enabled(panel).ShouldContain("Take 42.50 USD"));
        Desk.Host.Service<PaymentStore>().Known(payment.Id)!.Agent.ShouldBe(Priya.PrincipalName);
    }

    [Fact]
    public async Task Payment_TakenOver_StaysOnTheFormerAgentsScreenReadOnly_AndThenSaysWhoTookIt()
    {
        var (panel, payment) = await ShowAsync(APayment.Ready());

        await Desk.Host.Desk.TakeOverAsync(Priya, payment.Id, default);

        panel.WaitForAssertion(() => panel.Markup.ShouldContain("Priya is taking this payment."));
        panel.Markup.ShouldContain("1111");
        Enabled(panel).ShouldBeEmpty();

        await PayAsync(payment);

        panel.WaitForAssertion(() => panel.HasRole("heading", "Paid by Priya").ShouldBeTrue());
        panel.Find("dl").TextContent.ShouldContain("ch_1");
        Enabled(panel).ShouldBe(["New payment"]);
    }

    [Fact]
    public async Task Payment_TakenOverAndPaid_AfterAReload_IsStillPaidAndNotTheForm()
    {
        var payment = await Desk.KeepAsync(APayment.Ready(), Amara.PrincipalName);
        await Desk.Host.Desk.TakeOverAsync(Priya, payment.Id, default);
        await PayAsync(payment);

        var panel = Until(Show(payment.Call, new(42.50m), Amara), shown => shown.HasRole("heading", "Paid by Priya").ShouldBeTrue());

        panel.FindAll("#payment-form").ShouldBeEmpty();
        panel.FindByRole("button", "New payment").Click();
        panel.WaitForAssertion(() => panel.FindByLabel("Amount").GetAttribute("value").ShouldBeNullOrEmpty());
    }

    [Fact]
    public async Task AnothersPayment_ForTheAgentWhoHoldsTheCall_IsReadOnly()
    {
        var payment = await Desk.KeepAsync(APayment.Ready(), Amara.PrincipalName);

        var panel = RenderFor<PaymentPanel>(Ben, parameters => parameters.Add(shown => shown.Call, CallOf(payment.Call) with { ClaimedBy = Ben.PrincipalName }));

        panel.WaitForAssertion(() => panel.Markup.ShouldContain("Amara is taking this payment."));
        Enabled(panel).ShouldBeEmpty();
        panel.Markup.ShouldContain("1111");
    }

    [Fact]
    public async Task Payment_DrivenOverTheApi_IsFollowedAndCanOnlyBeCancelled()
    {
        var (panel, _) = await ShowAsync(APayment.Ready(APayment.Plan with { Driver = PaymentDriver.Client }));

        Enabled(panel).ShouldBe(["Cancel payment"]);
        panel.Markup.ShouldContain("Another application drives this payment.");
    }

    [Fact]
    public async Task Screen_OfAnAgent_TellsTheNewsThatItComesAndGoes()
    {
        var heard = new List<string>();
        var news = Desk.Host.Service<PaymentNews>();
        var call = PanelDesk.NewCall();
        void Hear(PaymentNotice notice)
        {
            if (notice.Call == call) heard.Add($"{notice.GetType().Name} {notice.Agent}");
        }
        news.Published += Hear;

        ShowForm(call);
        await DisposeComponentsAsync();
        news.Published -= Hear;

        heard.ShouldBe([$"Attached {Amara.PrincipalName}", $"Detached {Amara.PrincipalName}"]);
    }

    /// <summary>The supervisor takes the payment, and the gateway charges.</summary>
    private async Task PayAsync(PaymentSession payment)
    {
        await Desk.Host.Desk.SubmitAsync(Priya.PrincipalName, payment.Id, default);
        var paid = APayment.Callback(100, callback => callback with { Outcome = new("success", Confirmation: "ch_1") });
        await Desk.Host.Flow.HappenAsync(payment.Id, paid, by: null, default);
    }
}
