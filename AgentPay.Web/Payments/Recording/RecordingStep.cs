using System.Text.Json.Serialization;

namespace AgentPay.Web.Payments;

/// <summary>Whether a profile pauses the recording of the call while a payment runs.</summary>
public enum RecordingPause
{
    No,

    /// <summary>If the recording cannot be paused, the agent is warned and the payment goes on.</summary>
    Warn,

    /// <summary>If the recording cannot be paused, the payment is not started.</summary>
    Required,
}

public enum RecordingStepKind
{
    Paused,

    /// <summary>There was no recording to pause.</summary>
    NotRecorded,
    NotPaused,
    Resumed,

    /// <summary>There was no recording to resume: the call has ended, or the recording was stopped.</summary>
    Ended,
    NotResumed,

    /// <summary>The recording stays paused, because another payment runs on the call.</summary>
    KeptPaused,

    /// <summary>The recorder of the PBX has accepted the event of the start or the end of the payment, or has not.</summary>
    StartAccepted,
    StartNotAccepted,
    EndAccepted,
    EndNotAccepted,
}

/// <summary>A pause or resumption of a call recording because of a payment, or an event to a recorder.</summary>
/// <param name="At">UTC.</param>
/// <param name="Code">
/// Twilio's error code, or the status of Twilio's or the recorder's answer; null when the step succeeded or there was no answer.
/// </param>
public sealed record RecordingStep(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] RecordingStepKind Kind,
    DateTimeOffset At,
    int? Code = null)
{
    /// <summary>True for an event to the recorder of the PBX, false for a recording at Twilio.</summary>
    [JsonIgnore]
    public bool IsEvent => Kind is RecordingStepKind.StartAccepted or RecordingStepKind.StartNotAccepted
        or RecordingStepKind.EndAccepted or RecordingStepKind.EndNotAccepted;
}
