using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;
using Bunit;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>The state of the call's recording in the panel.</summary>
public sealed class RecordingTests(PanelDesk desk) : PanelContext(desk)
{
    [Theory]
    [InlineData(RecordingStepKind.Paused, "Recording paused", "The recording of the call is paused.")]
    [InlineData(RecordingStepKind.StartNotAccepted, "Pause the recording yourself if you can, or cancel the payment.", "The recorder could not be told that the payment started.")]
    [InlineData(RecordingStepKind.NotPaused, "Pause the recording yourself if you can, or cancel the payment.", "The recording of the call could not be paused.")]
    public async Task Recording_OfARunningPayment_IsShownInPanelAndTimeline(RecordingStepKind kind, string shown, string step)
    {
        var (panel, payment) = await ShowAsync(APayment.Capturing(APayment.Plan with { RecordingPause = RecordingPause.Warn }));

        Desk.Publish(payment.Apply(new RecordingChanged(new(kind, Clock.GetUtcNow()))));

        panel.WaitForAssertion(() => panel.Markup.ShouldContain(shown));
        panel.AllByRole("log").Single().TextContent.ShouldContain(step);
    }
}
