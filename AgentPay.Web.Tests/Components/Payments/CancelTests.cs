using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>A payment can be cancelled at any time before its submission, and never by accident.</summary>
public sealed class CancelTests(PanelDesk desk) : PanelContext(desk)
{
    [Theory]
    [InlineData(PaymentPhase.Starting)]
    [InlineData(PaymentPhase.Capturing)]
    [InlineData(PaymentPhase.Ready)]
    public async Task Cancel_BeforeSubmission_AsksFirstWithTheSafeChoiceInFocus(PaymentPhase phase)
    {
        var (panel, payment) = await ShowAsync(APayment.In(phase));

        panel.Press("Cancel payment");

        panel.Find("dialog#cancel-payment button[autofocus]").TextContent.ShouldContain("Keep going");
        Desk.Host.Service<PaymentStore>().Known(payment.Id)!.Phase.ShouldBe(phase);
    }

    [Theory]
    [InlineData(PaymentPhase.Submitting)]
    [InlineData(PaymentPhase.Cancelling)]
    [InlineData(PaymentPhase.Succeeded)]
    [InlineData(PaymentPhase.Failed)]
    [InlineData(PaymentPhase.Cancelled)]
    [InlineData(PaymentPhase.Unknown)]
    public async Task Cancel_TooLate_IsNotThere(PaymentPhase phase)
    {
        var (panel, _) = await ShowAsync(APayment.In(phase));

        panel.HasRole("button", "Cancel payment").ShouldBeFalse();
    }

    [Fact]
    public async Task Cancel_Confirmed_EndsThePayment()
    {
        var call = await Desk.Lab.CallAsync();
        await Desk.Host.StartPaymentAsync(call, agent: Amara.PrincipalName);
        var panel = Until(Show(AgentPay.Web.PaymentTypes.CallSid.Parse(call), new(), Amara), p =>
            p.FindByRole("button", "Cancel the payment"));

        panel.Press("Cancel the payment");

        panel.WaitForAssertion(() => panel.HasRole("heading", "The payment was cancelled.").ShouldBeTrue());
    }
}
