using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>The panel's advice and buttons after the call has ended.</summary>
public sealed class EndedCallTests(PanelDesk desk) : PanelContext(desk)
{
    public static TheoryData<PaymentPhase> Phases => [.. Enum.GetValues<PaymentPhase>()];

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task CallerLine_AfterTheHangUp_IsNotShown(PaymentPhase phase)
    {
        var panel = await ShowOnEndedCallAsync(APayment.In(phase));

        panel.Markup.ShouldNotContain("Say to the caller");
    }

    [Theory]
    [InlineData(PaymentPhase.Failed)]
    [InlineData(PaymentPhase.Cancelled)]
    [InlineData(PaymentPhase.Succeeded, "Print receipt")]
    public async Task Actions_AfterTheHangUp_OfferNoPaymentAndSayWhy(PaymentPhase phase, params string[] enabled)
    {
        var panel = await ShowOnEndedCallAsync(APayment.In(phase));

        Enabled(panel).ShouldBe(enabled);
        panel.Markup.ShouldContain("a payment can only be started on a live call");
    }

    [Theory]
    [InlineData(64004, null, "Edit and try again")]
    [InlineData(64003, "Edit and try again", "Edit and try again")]
    [InlineData(64008, "Try again", "Edit and try again", "Try again")]
    public async Task Actions_AfterAFailure_OfferWhatCanHelp(int code, string? primary, params string[] enabled)
    {
        var (panel, _) = await ShowAsync(APayment.Failed() with { Outcome = new("payment-connector-error", code) });

        (Primary(panel) is { } button ? Text(button) : null).ShouldBe(primary);
        Enabled(panel).ShouldBe(enabled);
    }

    [Fact]
    public async Task StarKey_IsTheSameInHeadingOutcomeAndTimeline()
    {
        var (panel, _) = await ShowAsync(APayment.Capturing().Apply(APayment.Ended("caller-interrupted-with-star")));

        panel.Find("header").TextContent.ShouldContain("Cancelled by the caller");
        panel.HasRole("heading", "Cancelled by the caller.").ShouldBeTrue();
        panel.AllByRole("log").Single().TextContent.ShouldContain("Cancelled by the caller.");
    }

    private async Task<IRenderedComponent<AgentPay.Web.Components.Payments.PaymentPanel>> ShowOnEndedCallAsync(PaymentSession session)
    {
        var kept = await Desk.KeepAsync(session, Amara.PrincipalName);
        return Until(Show(kept.Call, new(), Amara, CallStatus.Completed), panel => panel.Find("#payment-panel h2"));
    }
}
