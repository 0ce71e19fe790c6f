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
}

/// <summary>A pause or resumption of a call recording because of a payment.</summary>
/// <param name="At">UTC.</param>
/// <param name="Code">Twilio's error code, or the status of its answer; null when the step succeeded or Twilio did not answer.</param>
public sealed record RecordingStep(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] RecordingStepKind Kind,
    DateTimeOffset At,
    int? Code = null);
