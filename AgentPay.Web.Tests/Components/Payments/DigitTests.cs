using AgentPay.Web.Components.Parts;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>A digit renders only its row and the card.</summary>
public sealed class DigitTests(PanelDesk desk) : PanelContext(desk)
{
    [Fact]
    public async Task Digit_OfTheCardNumber_RendersItsRowAlone()
    {
        var (panel, payment) = await ShowAsync(APayment.Capturing());
        payment = Desk.Publish(payment.Apply(APayment.Partial(CaptureField.PaymentCardNumber, "x", 1, APayment.Card)));
        panel.WaitForAssertion(() => Digits(panel).ShouldBe(1));
        var before = Counts(panel);

        Desk.Publish(payment.Apply(APayment.Partial(CaptureField.PaymentCardNumber, "xx", 2, APayment.Card)));
        panel.WaitForAssertion(() => Digits(panel).ShouldBe(2));

        Counts(panel).ShouldBe(before with { Row = before.Row + 1 });
    }

    [Fact]
    public async Task Panel_RenderedAfterADigit_KeepsIt()
    {
        var (panel, payment) = await ShowAsync(APayment.Capturing());
        foreach (var shown in (string[])["x", "xx", "xxx"])
            payment = Desk.Publish(payment.Apply(APayment.Partial(CaptureField.PaymentCardNumber, shown, shown.Length, APayment.Card)));
        panel.WaitForAssertion(() => Digits(panel).ShouldBe(3));

        Healths.Publish("payments", new(false, Clock.GetUtcNow(), "Sync did not answer"));

        panel.WaitForAssertion(() => panel.Markup.ShouldContain("Updates delayed"));
        Digits(panel).ShouldBe(3);
    }

    private static int Digits(IRenderedComponent<PaymentPanel> panel) =>
        Row(panel, CaptureField.PaymentCardNumber).TextContent.Count(c => c == '•');

    private static (int Heading, int Row, int OtherRow, int Status, int Actions,
        int Timeline) Counts(IRenderedComponent<PaymentPanel> panel)
    {
        var rows = panel.FindComponents<CaptureRowView>();
        return (panel.FindComponent<AmountHeading>().RenderCount, rows[0].RenderCount, rows[1].RenderCount,
            rows[0].FindComponent<Chip>().RenderCount, panel.FindComponent<PaymentActions>().RenderCount,
            panel.FindComponent<PaymentTimeline>().RenderCount);
    }
}
