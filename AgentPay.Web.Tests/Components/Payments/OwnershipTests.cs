using AgentPay.Web.Calls;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
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
        // Ids in the markup may hold these digits by chance.
        var text = string.Concat(panel.Nodes.Select(node => node.TextContent));
        text.ShouldNotContain("1111");
        text.ShouldNotContain("42.50");
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

        panel.Press("Take it over");

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
        panel.Press("New payment");
        panel.WaitForAssertion(() => panel.FindByLabel("Amount").GetAttribute("value").ShouldBeNullOrEmpty());
    }

    [Fact]
    public async Task AnothersPayment_ForTheAgentWhoHoldsTheCall_IsReadOnly()
    {
        var payment = await Desk.KeepAsync(APayment.Ready(), Amara.PrincipalName);

        var panel = RenderFor<PaymentPanel>(Ben, parameters =>
            parameters.Add(shown => shown.Call, CallOf(payment.Call) with { ClaimedBy = Ben.PrincipalName }));

        panel.WaitForAssertion(() => panel.Markup.ShouldContain("Amara is taking this payment."));
        Enabled(panel).ShouldBeEmpty();
        panel.Markup.ShouldContain("1111");
    }

    [Fact]
    public async Task AnothersCall_ForAnAgentWithoutAPaymentOnIt_ShowsNoPanel()
    {
        var payment = await Desk.KeepAsync(APayment.Ready(), Amara.PrincipalName);

        var panel = Viewed(Ben, payment.Call, Amara);

        await panel.InvokeAsync(() => { });
        panel.FindAll("section").ShouldBeEmpty();
    }

    [Fact]
    public async Task TakenOverCall_ForTheFormerAgent_StaysReadOnlyToTheEndAndOffersNoNewPayment()
    {
        var payment = await Desk.KeepAsync(APayment.Ready(), Amara.PrincipalName);
        await Desk.Host.Desk.TakeOverAsync(Priya, payment.Id, default);

        var panel = Until(Viewed(Amara, payment.Call, Priya), shown => shown.Markup.ShouldContain("Priya is taking this payment."));
        await PayAsync(payment);

        panel.WaitForAssertion(() => panel.HasRole("heading", "Paid by Priya").ShouldBeTrue());
        Enabled(panel).ShouldBeEmpty();
    }

    [Fact]
    public void AnothersCall_ForASupervisor_StartsNoPayment()
    {
        var panel = Until(Viewed(Priya, PanelDesk.NewCall(), Ben), shown => shown.Find("#payment-form"));

        Primary(panel)!.HasAttribute("disabled").ShouldBeTrue();
        panel.Markup.ShouldContain("ben has this call.");
    }

    [Fact]
    public async Task HandedOverCall_WhosePaymentHasNotMoved_CanBeCompletedByTheAgentWhoGotIt()
    {
        var payment = await Desk.KeepAsync(APayment.Ready(), Amara.PrincipalName);
        var call = CallOf(payment.Call) with { ClaimedBy = Ben.PrincipalName, HandedOverBy = Amara.PrincipalName, ClaimNumber = 2 };
        await Desk.Host.Service<CallDirectory>().RecordAsync(call.Uui, known => known ?? call, TimeSpan.FromSeconds(10));
        var panel = Until(RenderFor<PaymentPanel>(Ben, p => p.Add(shown => shown.Call, call)), shown => Enabled(shown)
            .ShouldBe(["Take over"]));

        panel.Press("Take it over");

        panel.WaitForAssertion(() => Enabled(panel).ShouldContain("Take 42.50 USD"));
        Desk.Host.Service<PaymentStore>().Known(payment.Id)!.Agent.ShouldBe(Ben.PrincipalName);
    }

    [Fact]
    public async Task TakeOver_WhenThePaymentCannotBeWritten_SaysThatTheCallIsYoursAndCanBePressedAgain()
    {
        var payment = await Desk.KeepAsync(APayment.Ready(), Amara.PrincipalName);
        var call = CallOf(payment.Call) with { ClaimedBy = Amara.PrincipalName };
        await Desk.Host.Service<CallDirectory>().RecordAsync(call.Uui, known => known ?? call, TimeSpan.FromSeconds(10));
        var panel = Until(Viewed(Priya, payment.Call, Amara), shown => Enabled(shown).ShouldBe(["Take over"]));
        Desk.Host.Edge.Answer = request =>
            request.Method == "POST" && request.Path.Value!.Contains("/Documents/pay-", StringComparison.Ordinal)
            ? (403, """{"code":54007,"message":"refused by the test","status":403}""") : null;

        panel.Press("Take it over");
        panel.WaitForAssertion(() => panel.Markup.ShouldContain("The call is yours, but not its payment yet."));
        Desk.Host.Edge.Answer = _ => null;
        panel.WaitForAssertion(() => Enabled(panel).ShouldBe(["Take over"]));
        panel.Press("Take it over");

        panel.WaitForAssertion(() => Enabled(panel).ShouldContain("Take 42.50 USD"));
    }

    [Fact]
    public async Task Timeline_NamesWhoStartedAndEachChangeOfAgent()
    {
        var (panel, payment) = await ShowAsync(APayment.Ready());
        panel.Markup.ShouldContain("Started by Amara.");

        await Desk.Host.Desk.TakeOverAsync(Priya, payment.Id, 2, default);
        await Desk.Host.Desk.HandOverAsync(Priya.PrincipalName, payment.Id, Ben.PrincipalName, 3, default);

        foreach (var words in (string[])["Priya took over the payment from Amara.", "Priya handed the payment over to Ben."])
            panel.WaitForAssertion(() => panel.Find(".timeline").TextContent.ShouldContain(words));
        var reloaded = Show(payment.Call, new(), Amara);
        reloaded.WaitForAssertion(() => reloaded.Find(".timeline").TextContent.ShouldContain("Priya handed the payment over to Ben."));
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

    /// <summary>The panel on a call of another agent.</summary>
    private IRenderedComponent<PaymentPanel> Viewed(CurrentUser viewer, CallSid call, CurrentUser holder) =>
        RenderFor<PaymentPanel>(viewer, parameters => parameters
        .Add(panel => panel.Call, CallOf(call) with { ClaimedBy = holder.PrincipalName })
        .Add(panel => panel.IsViewOnly, true));

    /// <summary>The supervisor takes the payment, and the gateway charges.</summary>
    private async Task PayAsync(PaymentSession payment)
    {
        await Desk.Host.Desk.SubmitAsync(Priya.PrincipalName, payment.Id, default);
        var paid = APayment.Callback(100, callback => callback with { Outcome = new("success", Confirmation: "ch_1") });
        await Desk.Host.Flow.ApplyAsync(payment.Id, paid, by: null, default);
    }
}
