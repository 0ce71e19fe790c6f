using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

// Events that are recorded with the payment and do not ask the caller for anything: the recording, the receipt and the agent.
public static partial class PaymentTransitions
{
    /// <summary>
    /// Records a step; ignores a repeated one. If the pause is required, a failed pause or an event that was not accepted ends the payment.
    /// </summary>
    private static PaymentSession OnRecording(this PaymentSession session, RecordingStep step)
    {
        if ((step.IsEvent ? session.RecorderState : session.RecordingState) == step.Kind) return session;
        var recorded = session with { RecordingSteps = [.. session.RecordingSteps ?? [], step] };
        var problem = step.Kind switch
        {
            RecordingStepKind.NotPaused => "recording-not-paused",
            RecordingStepKind.StartNotAccepted => "recorder-not-reached",
            _ => null,
        };
        return problem is not null && session is { Phase: PaymentPhase.Starting, Plan.RecordingPause: RecordingPause.Required }
            ? recorded.End(PaymentPhase.Failed, new(problem), step.At)
            : recorded;
    }

    /// <summary>Accepts each attempt once, and none while the one before may still be sent.</summary>
    private static PaymentSession OnReceiptAsked(this PaymentSession session, SmsReceipt receipt) =>
        session.MayHaveReceipt
        && receipt.Attempt == (session.Receipt?.Attempt ?? 0) + 1
        && session.Receipt?.StateAt(receipt.At) != ReceiptState.Sending
            ? session with { Receipt = receipt }
            : session;

    private static PaymentSession OnReceiptReported(this PaymentSession session, ReceiptReported reported) =>
        session.Receipt is { } receipt && receipt.Attempt == reported.Attempt && receipt.MayBecome(reported.State)
            ? session with
            {
                Receipt = receipt with { State = reported.State, Message = reported.Message ?? receipt.Message, Code = reported.Code },
            }
            : session;

    /// <summary>Changes the agent, unless the payment has followed a newer claim of its call.</summary>
    private static PaymentSession MoveTo(this PaymentSession session, int? claim, AgentChange change) =>
        session.IsOver || session.Agent == change.To || claim < session.ClaimNumber ? session : session with
        {
            Agent = change.To,
            ClaimNumber = claim ?? session.ClaimNumber,
            AgentChanges = [.. session.AgentChanges ?? [], change],
        };
}
