using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>The buttons of each phase.</summary>
public sealed class PhaseTests(PanelDesk desk) : PanelContext(desk)
{
    [Theory]
    [InlineData(PaymentPhase.Starting, "Starting…", "Cancel payment")]
    [InlineData(PaymentPhase.Capturing, "Waiting for the card number", "Ask", "Ask again", "Cancel payment", "Slow keying")]
    [InlineData(PaymentPhase.Ready, "Take 42.50 USD", "Ask again", "Ask again", "Ask again", "Cancel payment", "Slow keying",
        "Take 42.50 USD")]
    [InlineData(PaymentPhase.Confirming, "Waiting for the caller to confirm", "Cancel payment")]
    [InlineData(PaymentPhase.Submitting, "Taking 42.50 USD…")]
    [InlineData(PaymentPhase.Cancelling, "Cancelling…")]
    [InlineData(PaymentPhase.Succeeded, "New payment", "New payment", "Print receipt")]
    [InlineData(PaymentPhase.Failed, null, "Edit and try again", "Try again")]
    [InlineData(PaymentPhase.Cancelled, "Try again", "Edit and try again", "Try again")]
    [InlineData(PaymentPhase.Unknown, "Check again", "Check again")]
    public async Task Panel_InAPhase_OffersWhatThePhaseAllows(PaymentPhase phase, string? primary, params string[] enabled)
    {
        var (panel, _) = await ShowAsync(APayment.In(phase));

        (Primary(panel) is { } button ? Text(button) : null).ShouldBe(primary);
        Enabled(panel).ShouldBe(enabled);
    }

    [Fact]
    public async Task Panel_WhileTheCallerConfirms_SaysWhatTheCallerDoes()
    {
        var (panel, payment) = await ShowAsync(APayment.Confirming());

        panel.Markup.ShouldContain("The caller hears the last four digits and presses 1 to confirm.");
        panel.Markup.ShouldNotContain("Waiting for the payment gateway");

        Desk.Publish(payment.Apply(new PaymentEvent.CancelAsked(APayment.Noon)));
        panel.WaitForAssertion(() => Enabled(panel).ShouldBeEmpty());
    }

    [Fact]
    public void Panel_WithoutAPayment_OffersToStart()
    {
        var panel = ShowForm();

        Enabled(panel).ShouldBe(["Start: 42.50 USD"]);
        panel.Find("h2").TextContent.ShouldContain("42.50");
    }

    [Fact]
    public async Task Panel_AFieldWasRejected_OffersToAskForItAgain()
    {
        var session = APayment.Capturing();
        var (panel, payment) = await ShowAsync(session);

        Desk.Publish(payment.Apply(APayment.Rejected(APayment.Card[0], "invalid-card-number", 1, APayment.Card)));

        panel.WaitForAssertion(() => Text(Primary(panel)!).ShouldBe("Ask for the card number again"));
        panel.Markup.ShouldContain("This is not a valid card number.");
    }

    [Theory]
    [InlineData(PaymentPhase.Starting)]
    [InlineData(PaymentPhase.Capturing)]
    [InlineData(PaymentPhase.Ready)]
    [InlineData(PaymentPhase.Submitting)]
    [InlineData(PaymentPhase.Cancelling)]
    [InlineData(PaymentPhase.Succeeded)]
    [InlineData(PaymentPhase.Failed)]
    [InlineData(PaymentPhase.Cancelled)]
    [InlineData(PaymentPhase.Unknown)]
    public async Task Heading_InEveryPhase_NamesTheAmount(PaymentPhase phase)
    {
        var (panel, _) = await ShowAsync(APayment.In(phase));

        panel.Find("#payment-panel h2").TextContent.ShouldBe("42.50\u00a0USD");
    }

    [Fact]
    public async Task Panel_UpdatesAreDelayed_TakesNothingAndStillCancels()
    {
        var (panel, _) = await ShowAsync(APayment.Ready());

        Healths.Publish("payments", new(false, Clock.GetUtcNow(), "Sync did not answer"));

        panel.WaitForAssertion(() => Primary(panel)!.HasAttribute("disabled").ShouldBeTrue());
        Enabled(panel).ShouldContain("Cancel payment");
        panel.Markup.ShouldContain("Not while updates are delayed");
    }

    [Fact]
    public async Task Panel_OnAFeedOfAnotherPayment_StaysAsItIs()
    {
        var (panel, payment) = await ShowAsync(APayment.Ready());
        var before = panel.Markup;

        var other = Desk.Publish(APayment.Succeeded() with { Id = PaymentId.New(APayment.Noon), Call = payment.Call });
        Desk.Publish(payment with { CardType = "visa" });

        panel.WaitForAssertion(() => panel.Markup.ShouldContain("visa"));
        panel.Markup.ShouldNotContain(other.Id.ToString());
        Enabled(panel).ShouldContain("Take 42.50 USD");
        before.ShouldContain("Take 42.50");
    }

    [Fact]
    public async Task Dispose_WhileFollowing_LeavesNoReader()
    {
        var (panel, payment) = await ShowAsync(APayment.Capturing());
        panel.WaitForAssertion(() => Desk.Host.Feed.IsWatched(payment.Id).ShouldBeTrue());

        await DisposeComponentsAsync();

        Desk.Host.Feed.IsWatched(payment.Id).ShouldBeFalse();
        Healths.Readers.ShouldBe(0);
    }
}
