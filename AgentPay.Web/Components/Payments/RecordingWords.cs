using AgentPay.Web.Payments;
using Microsoft.Extensions.Localization;

namespace AgentPay.Web.Components.Payments;

/// <summary>What was done with the recording of the call, as a sentence for the agent.</summary>
public static class RecordingWords
{
    public static string Of(RecordingStepKind kind, IStringLocalizer<Words> l) => kind switch
    {
        RecordingStepKind.Paused => l["The recording of the call is paused."],
        RecordingStepKind.NotRecorded => l["The call is not recorded."],
        RecordingStepKind.NotPaused => l["The recording of the call could not be paused."],
        RecordingStepKind.Resumed => l["The recording of the call continues."],
        RecordingStepKind.Ended => l["The recording of the call has ended."],
        RecordingStepKind.NotResumed => l["The recording of the call could not be resumed."],
        RecordingStepKind.StartAccepted => l["The recorder was told that the payment started."],
        RecordingStepKind.StartNotAccepted => l["The recorder could not be told that the payment started."],
        RecordingStepKind.EndAccepted => l["The recorder was told that the payment ended."],
        RecordingStepKind.EndNotAccepted => l["The recorder could not be told that the payment ended."],
        _ => l["The recording stays paused for the next payment."],
    };
}
