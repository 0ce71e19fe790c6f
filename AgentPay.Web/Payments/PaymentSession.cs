using System.Text.Json.Serialization;
using AgentPay.Web.Identity;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>One payment, whole: what Sync holds, what the screen shows, what decides the next step.</summary>
public sealed record PaymentSession
{
    public required PaymentId Id { get; init; }

    /// <summary>Principal name of the agent who may act on it.</summary>
    public required string Agent { get; init; }

    /// <summary>
    /// Every change of <see cref="Agent"/> since the start, oldest first; null when there is none. Former agents still see the payment.
    /// </summary>
    public IReadOnlyList<AgentChange>? AgentChanges { get; init; }

    /// <summary>What was done with the recording of the call, oldest first; null when nothing was.</summary>
    public IReadOnlyList<RecordingStep>? RecordingSteps { get; init; }

    /// <summary>Number of the claim with which the payment followed its call last; null when it has not.</summary>
    public int? ClaimNumber { get; init; }

    public required CallSid Call { get; init; }

    public string? Uui { get; init; }

    public required PaymentPlan Plan { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Known once Twilio has answered the start, or has called back.</summary>
    public PaymentSid? Payment { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required PaymentPhase Phase { get; init; }

    /// <summary>When the phase was entered, UTC.</summary>
    public required DateTimeOffset PhaseSince { get; init; }

    /// <summary>The field that the caller is asked for, or that was rejected last; null when none is.</summary>
    public CaptureField? Current { get; init; }

    public required IReadOnlyList<CaptureRow> Rows { get; init; }

    /// <summary>Names of fields that Twilio still requires and AgentPay does not know; a screen calls each "another field".</summary>
    public IReadOnlyList<string> OtherRequired { get; init; } = [];

    public string? CardType { get; init; }

    public PendingAction? Pending { get; init; }

    [JsonIgnore]
    public string? PendingKey => Pending?.Key(Id);

    public PaymentOutcome? Outcome { get; init; }

    /// <summary>How a supervisor closed the check of an uncertain result; null while none has.</summary>
    public PaymentClosing? Closing { get; init; }

    /// <summary>Twilio's code for the last request that it refused without ending the payment.</summary>
    public int? Refusal { get; init; }

    /// <summary>Twilio's time of the newest callback applied.</summary>
    public DateTimeOffset? CalledBackAt { get; init; }

    /// <summary>Deliveries applied at <see cref="CalledBackAt"/>: a repeat of an older one is known by its age alone.</summary>
    public IReadOnlyList<string> Deliveries { get; init; } = [];

    /// <summary>How often it has been written to Sync; the newer of two copies has the higher one.</summary>
    public int Version { get; init; }

    /// <summary>What has happened since it was last written, on this instance alone.</summary>
    [JsonIgnore]
    public int Step { get; init; }

    /// <summary>When the callback that brought it to this state came to this instance, UTC; null when something else did. For <see cref="PaymentMetrics"/> alone.</summary>
    [JsonIgnore]
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>True when nothing can change any more.</summary>
    [JsonIgnore]
    public bool IsFinal => Phase is PaymentPhase.Succeeded or PaymentPhase.Failed or PaymentPhase.Cancelled;

    /// <summary>True when no more is done about it: final, or <see cref="PaymentPhase.Unknown"/>.</summary>
    [JsonIgnore]
    public bool IsOver => IsFinal || Phase == PaymentPhase.Unknown;

    /// <summary>Over, and the customer may have been charged: a supervisor has to check it.</summary>
    [JsonIgnore]
    public bool NeedsChecking => IsOver && PaymentResult.Of(this).NeedsChecking;

    /// <summary>The recording has to be paused before the payment is started at Twilio.</summary>
    [JsonIgnore]
    public bool MustPauseRecording => Plan.RecordingPause != RecordingPause.No && RecordingSteps is null && !IsOver;

    /// <summary>
    /// The payment is over and the recording has to go on. Also when no pause was noted: the instance that paused it may have stopped.
    /// </summary>
    [JsonIgnore]
    public bool MustResumeRecording =>
        Plan.RecordingPause != RecordingPause.No && IsOver
        && RecordingSteps?[^1].Kind is null or RecordingStepKind.Paused or RecordingStepKind.NotPaused;

    /// <summary>The caller is in the middle of a field.</summary>
    [JsonIgnore]
    public bool IsHalfTyped => Current is { } current && Row(current)?.Progress == FieldProgress.Entering;

    [JsonIgnore]
    public bool IsBeforeSubmission => Phase is PaymentPhase.Starting or PaymentPhase.Capturing or PaymentPhase.Ready;

    /// <summary>Whether a callback tells that Twilio's session lives on, though the payment has ended here without Twilio's word.</summary>
    public bool IsOpenAtTwilio(PayCallback callback) =>
        Phase is PaymentPhase.Failed or PaymentPhase.Cancelled
        && callback.Outcome is null
        && (Payment is null || Payment == callback.Payment)
        && (CalledBackAt is null || callback.SentAt > CalledBackAt);

    /// <summary>Its agent, the agents before, supervisors, and the agent who holds the call. Only <see cref="Agent"/> may act on it.</summary>
    /// <param name="holder">Principal name of the agent who has claimed the call; null when nobody has.</param>
    public bool IsVisibleTo(CurrentUser viewer, string? holder) =>
        viewer.IsSupervisor || WasHeldBy(viewer.PrincipalName) || (viewer.IsAgent && viewer.PrincipalName.Equals(holder, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it is this agent's, or was before it was taken or handed over.</summary>
    public bool WasHeldBy(string agent) => Agent == agent || AgentChanges?.Any(change => change.From == agent) == true;

    public CaptureRow? Row(CaptureField field) => Rows.FirstOrDefault(r => r.Field == field);

    public bool Supersedes(PaymentSession other) => (Version, Step).CompareTo((other.Version, other.Step)) > 0;

    /// <summary>Whether the way from <paramref name="before"/> to here must be written down: all but half-typed digits and Twilio's acknowledgements.</summary>
    public bool IsMilestoneAfter(PaymentSession before) =>
        Phase != before.Phase
        || Agent != before.Agent
        || Payment != before.Payment
        || Closing != before.Closing
        || RecordingSteps?.Count != before.RecordingSteps?.Count
        || Refusal != before.Refusal
        || (Pending is not null && Pending != before.Pending)
        || !OtherRequired.SequenceEqual(before.OtherRequired)
        || !Rows.Select(Milestone).SequenceEqual(before.Rows.Select(Milestone));

    private static (FieldProgress, int) Milestone(CaptureRow row) => (row.Progress == FieldProgress.Entering ? FieldProgress.Asked : row.Progress, row.Asked);

    /// <summary>The intent: written down before Twilio is asked for anything.</summary>
    public static PaymentSession Start(PaymentId id, string agent, CallSid call, string? uui, PaymentPlan plan, DateTimeOffset at) => new()
    {
        Id = id,
        Agent = agent,
        Call = call,
        Uui = uui,
        Plan = plan,
        StartedAt = at,
        Phase = PaymentPhase.Starting,
        PhaseSince = at,
        Rows = [.. plan.Fields.Select(field => new CaptureRow(field))],
        Pending = new(PaymentAction.Start, at),
    };
}
