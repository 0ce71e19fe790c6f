using AgentPay.Web.Components.Live;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>The reason of a rejection is shown even when the server asks again at once.</summary>
public sealed class RejectionTests(PanelDesk desk) : PanelContext(desk)
{
    private const string Reason = "This type of card is not accepted.";

    [Fact]
    public async Task Rejection_WithAttemptsLeft_ShowsItsReasonInRowTimelineScriptAndAnnouncement()
    {
        var (panel, payment) = await ShowAsync(APayment.Capturing(APayment.Plan with { Attempts = 3 }));

        Desk.Publish(payment.Apply(APayment.Rejected(CaptureField.PaymentCardNumber, "invalid-card-type", 1, APayment.Card)));

        panel.WaitForAssertion(() => Row(panel, CaptureField.PaymentCardNumber).TextContent.ShouldContain(Reason));
        Row(panel, CaptureField.PaymentCardNumber).TextContent.ShouldContain("Waiting");
        var steps = panel.AllByRole("log").Single().TextContent;
        steps.ShouldContain($"Card number: {Reason}");
        steps.ShouldContain("Asked for the card number again.");
        panel.Markup.ShouldContain("“I am sorry. We cannot take that type of card. Do you have another one? Please enter the long number");
        Advance(Announcer.Pause);
        Announcer.Status.ShouldBe($"Card number: {Reason} Asked for the card number again.");
    }

    [Fact]
    public async Task Rejection_WhileTheNextTryIsEntered_KeepsItsReasonUntilTheFieldIsCaptured()
    {
        var (panel, payment) = await ShowAsync(APayment.Capturing(APayment.Plan with { Attempts = 3 }));
        payment = Desk.Publish(payment.Apply(APayment.Rejected(CaptureField.PaymentCardNumber, "invalid-card-type", 1, APayment.Card))
            .Accepted());

        payment = Desk.Publish(payment.Apply(APayment.Partial(CaptureField.PaymentCardNumber, "x", 2, APayment.Card)));
        panel.WaitForAssertion(() => Row(panel, CaptureField.PaymentCardNumber).TextContent.ShouldContain("Entering"));
        Row(panel, CaptureField.PaymentCardNumber).TextContent.ShouldContain(Reason);
        Desk.Publish(payment.Apply(APayment.Captured(payment, CaptureField.PaymentCardNumber)));

        panel.WaitForAssertion(() => Row(panel, CaptureField.PaymentCardNumber).TextContent.ShouldContain("Captured"));
        Row(panel, CaptureField.PaymentCardNumber).TextContent.ShouldNotContain(Reason);
    }

    [Fact]
    public async Task Rejection_AfterAReload_IsStillShown()
    {
        var rejected = APayment.Capturing(APayment.Plan with { Attempts = 2 })
            .Apply(APayment.Rejected(CaptureField.PaymentCardNumber, "invalid-card-type", 1, APayment.Card));

        var (panel, _) = await ShowAsync(rejected);

        Row(panel, CaptureField.PaymentCardNumber).TextContent.ShouldContain(Reason);
        panel.AllByRole("log").Single().TextContent.ShouldContain(Reason);
    }

    [Fact]
    public async Task AskAgain_ByTheAgent_RemovesTheReason()
    {
        var (panel, payment) = await ShowAsync(APayment.Capturing()
            .Apply(APayment.Rejected(CaptureField.PaymentCardNumber, "invalid-card-type", 1, APayment.Card)));
        Row(panel, CaptureField.PaymentCardNumber).TextContent.ShouldContain(Reason);

        Desk.Publish(payment.Apply(new PaymentEvent.FieldAsked(APayment.Noon, CaptureField.PaymentCardNumber)));

        panel.WaitForAssertion(() => Row(panel, CaptureField.PaymentCardNumber).TextContent.ShouldNotContain(Reason));
        panel.Markup.ShouldContain("Let us try that once more.");
    }

    [Fact]
    public async Task Notice_OfAFieldThatAgentPayDoesNotKnow_NamesIt()
    {
        var (panel, _) = await ShowAsync(APayment.Capturing() with { OtherRequired = ["iris-scan"] });

        panel.Markup.ShouldContain("Another field is still required.");
        panel.Markup.ShouldContain("iris-scan");
    }
}
