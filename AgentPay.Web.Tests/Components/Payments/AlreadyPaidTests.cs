using AgentPay.Web.Components.Payments;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>The question before the same amount is charged again, and the earlier payments of the call.</summary>
public sealed class AlreadyPaidTests(PanelDesk desk) : PanelContext(desk)
{
    [Fact]
    public async Task Start_OfWhatWasPaid_AsksAndGoesOnOnlyWhenConfirmed()
    {
        var call = CallSid.Parse(await Desk.Lab.CallAsync());
        await PayAsync(call, "INV-77");
        var panel = Until(Show(call, new(), Amara), shown => shown.FindByRole("button", "New payment"));
        panel.Press("New payment");
        panel.WaitForAssertion(() => panel.FindByLabel("Amount"));
        panel.Enter("Amount", "42.50");
        panel.Enter("Reference (optional)", "INV-77");
        var before = Desk.Host.Edge.Starts.Count;

        PressPrimary(panel);

        panel.WaitForAssertion(() => Text(panel.Find("#payment-panel")).ShouldContain("INV-77 was already paid"));
        Text(panel.Find("#payment-panel")).ShouldContain("by Amara Okafor.");
        Desk.Host.Edge.Starts.Count.ShouldBe(before);

        panel.Press("Charge again");

        panel.WaitForAssertion(() => panel.Find("[data-row]"));
        Desk.Host.Edge.Starts.Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task Question_AfterTheFormWasChanged_IsGone()
    {
        var call = CallSid.Parse(await Desk.Lab.CallAsync());
        await PayAsync(call, "INV-78");
        var other = CallSid.Parse(await Desk.Lab.CallAsync());
        var panel = ShowForm(other, new(42.50m, Reference: "INV-78"));
        PressPrimary(panel);
        panel.WaitForAssertion(() => panel.FindByRole("button", "Charge again"));

        panel.Enter("Amount", "43.50");

        panel.WaitForAssertion(() => panel.HasRole("button", "Charge again").ShouldBeFalse());
    }

    [Fact]
    public async Task Reload_DuringTheSecondPayment_StillListsTheFirst()
    {
        var call = CallSid.Parse(await Desk.Lab.CallAsync());
        var first = await PayAsync(call, "INV-79");
        await Desk.Host.Desk.StartAsync(Amara.PrincipalName, new(call, Amount: 1), default);

        var panel = Until(Show(call, new(), Amara), shown => shown.Find("[data-row]"));

        panel.WaitForAssertion(() => panel.FindAll("section[aria-labelledby=earlier-title] dt")
            .ShouldHaveSingleItem().ParentElement!.TextContent.ShouldContain("42.50"));
        panel.Find("section[aria-labelledby=earlier-title]").TextContent.ShouldContain(first.Outcome!.Confirmation!);
        panel.Find("section[aria-labelledby=earlier-title]").TextContent.ShouldContain("Paid");
    }

    private async Task<PaymentSession> PayAsync(CallSid call, string reference)
    {
        var answer = await Desk.Host.Desk.StartAsync(Amara.PrincipalName, new(call, Amount: 42.50m, Reference: reference), default);
        var payment = ((DeskAnswer.Done)answer).Payment;
        await Desk.Lab.EnterCardAsync(Desk.Host, call.ToString(), payment.Id);
        await Desk.Host.Desk.SubmitAsync(Amara.PrincipalName, payment.Id, default);
        return await Desk.Host.UntilAsync(payment.Id, s => s.Phase == PaymentPhase.Succeeded);
    }
}
