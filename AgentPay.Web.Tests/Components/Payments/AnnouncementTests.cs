using AgentPay.Web.Components.Live;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>Milestones are announced, digits are not.</summary>
public sealed class AnnouncementTests(PanelDesk desk) : PanelContext(desk)
{
    private readonly List<string> _said = [];

    [Fact]
    public async Task Digits_TwentyOfThem_AreAnnouncedTwiceAtMost()
    {
        var (panel, payment) = await ShowAsync(APayment.Capturing());
        Listen();

        for (var digits = 1; digits <= 20; digits++)
        {
            var shown = new string('x', digits);
            payment = Desk.Publish(payment.Apply(APayment.Partial(CaptureField.PaymentCardNumber, shown, digits, APayment.Card)));
            panel.WaitForAssertion(() => Row(panel, CaptureField.PaymentCardNumber).TextContent.Count(c => c == '•')
                .ShouldBe(shown.Length));
            Advance(Announcer.Pause);
        }

        _said.ShouldBe(["The caller has begun to enter the card number."]);
    }

    [Fact]
    public async Task CardNumber_Captured_IsSpokenByBrandAndLastFourWithTheNextField()
    {
        var (panel, payment) = await ShowAsync(APayment.Capturing());
        Listen();

        var captured = APayment.Captured(payment, CaptureField.PaymentCardNumber);
        Desk.Publish(payment.Apply(captured with { Callback = captured.Callback with { CardType = "visa" } }));
        panel.WaitForAssertion(() => Row(panel, CaptureField.PaymentCardNumber).TextContent.ShouldContain("Visa ending 1 1 1 1"));
        Advance(Announcer.Pause);

        _said.ShouldBe(["Card number captured: Visa ending 1 1 1 1. Asked for the expiry date."]);
    }

    [Fact]
    public async Task CallEnded_InMidCapture_IsAnAlert()
    {
        var (panel, payment) = await ShowAsync(APayment.Capturing());

        Desk.Publish(payment.Apply(APayment.Ended("caller-hung-up")));

        panel.WaitForAssertion(() => Announcer.Alert
            .ShouldBe("The call ended before the payment was sent. The customer has not been charged."));
    }

    [Fact]
    public async Task Outcome_Unknown_IsAnAlert()
    {
        var (panel, payment) = await ShowAsync(APayment.Submitting());

        Desk.Publish(payment.Apply(new PaymentEvent.TimePassed(APayment.Noon.AddMinutes(2), APayment.Limits)));

        panel.WaitForAssertion(() => Announcer.Alert.ShouldBe("Result not confirmed. Do not charge again."));
    }

    [Fact]
    public async Task Decline_IsNoAlert()
    {
        var (panel, payment) = await ShowAsync(APayment.Submitting());

        Desk.Publish(payment.Apply(APayment.Ended("payment-connector-error")));

        panel.WaitForAssertion(() => panel.Find("[data-outcome]"));
        Announcer.Alert.ShouldBe("");
    }

    [Fact]
    public async Task Reload_OfAPaymentUnderWay_AnnouncesWhereItStandsOnce()
    {
        Listen();

        await ShowAsync(APayment.Ready());
        Advance(Announcer.Pause);

        _said.ShouldBe(["Everything is captured: ready to take the payment."]);
    }

    private void Listen() => Announcer.Changed += () => _said.Add(Announcer.Status);
}
