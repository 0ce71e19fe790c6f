using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>How long the gateway takes, and the timeline of the payment.</summary>
public sealed class ProgressTests(PanelDesk desk) : PanelContext(desk)
{
    [Fact]
    public async Task Processing_OnlyAfterFiveSeconds_ShowsHowLongItTakes()
    {
        var (panel, _) = await ShowAsync(APayment.Submitting() with { PhaseSince = Clock.GetUtcNow() });
        panel.AllByRole("timer").ShouldBeEmpty();

        Advance(TimeSpan.FromSeconds(5));

        panel.WaitForAssertion(() => panel.AllByRole("timer").ShouldHaveSingleItem().TextContent.ShouldBe("0:05"));
    }

    [Fact]
    public async Task Timeline_OfAPayment_GrowsByItsMilestones()
    {
        var (panel, payment) = await ShowAsync(APayment.Capturing());
        Moments(panel).ShouldBe(["Started by Amara.", "Asked for the card number."]);

        payment = Desk.Publish(payment.Apply(APayment.Partial(APayment.Card[0], "x", 1, APayment.Card)));
        panel.WaitForAssertion(() => Moments(panel).Length.ShouldBe(3));
        Desk.Publish(payment.Apply(APayment.Captured(payment, APayment.Card[0])));

        panel.WaitForAssertion(() => Moments(panel)[2..].ShouldBe(
            ["The caller has begun to enter the card number.", "Card number captured: Card ending 1111.", "Asked for the expiry date."]));
    }

    [Fact]
    public async Task Timeline_AfterAReload_ShowsWhatTheSessionKnows()
    {
        var (panel, _) = await ShowAsync(APayment.Succeeded());

        Moments(panel).ShouldBe(["Started by Amara.", "Card number captured: Card ending 1111.", "Expiry date captured.",
            "Security code captured.", "Paid: 42.50\u00a0USD."]);
    }

    [Fact]
    public async Task Page_IsToldOfEachPhaseOnce()
    {
        var told = new List<PaymentPhase?>();
        var kept = await Desk.KeepAsync(APayment.Capturing(), Amara.PrincipalName);
        var panel = RenderFor<AgentPay.Web.Components.Payments.PaymentPanel>(Amara, p => p.Add(x => x.Call, CallOf(kept.Call))
            .Add(x => x.OnPayment, session => told.Add(session?.Phase)));
        Until(panel, p => p.Find("[data-row]"));

        var typed = Desk.Publish(kept.Apply(APayment.Partial(APayment.Card[0], "x", 1, APayment.Card)));
        Desk.Publish(typed.Apply(APayment.Ended("caller-hung-up")));

        panel.WaitForAssertion(() => told.ShouldBe([PaymentPhase.Capturing, PaymentPhase.Failed]));
    }

    private static string[] Moments(IRenderedComponent<AgentPay.Web.Components.Payments.PaymentPanel> panel) =>
        [.. panel.FindAll("[role=log][aria-live=off] p:first-child").Select(m => m.TextContent)];
}
