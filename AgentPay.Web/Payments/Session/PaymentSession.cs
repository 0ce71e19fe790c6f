using System.Text.Json.Serialization;
using AgentPay.Web.Identity;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>The complete state of a payment, as Sync stores it and screens show it.</summary>
public sealed record PaymentSession
{
    public required PaymentId Id { get; init; }

    /// <summary>Principal name of the agent who may act on the payment.</summary>
    public required string Agent { get; init; }

    /// <summary>
    /// Every change of <see cref="Agent"/> since the start, oldest first; null when there is none. Former agents can still see the payment.
    /// </summary>
    public IReadOnlyList<AgentChange>? AgentChanges { get; init; }

    /// <summary>
    /// The pauses and resumptions of the call recording and the events to a recorder, oldest first; null when there is none.
    /// </summary>
    public IReadOnlyList<RecordingStep>? RecordingSteps { get; init; }

    /// <summary>Number of the latest claim of the call that the payment has followed; null when there is none.</summary>
    public int? ClaimNumber { get; init; }

    public required CallSid Call { get; init; }

    public string? Uui { get; init; }

    /// <inheritdoc cref="PaymentOrder.Caller"/>
    public string? Caller { get; init; }

    public required PaymentPlan Plan { get; init; }

    /// <summary>When the agent switched the running payment to slow-keying mode, UTC; null when they did not.</summary>
    public DateTimeOffset? SlowedAt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Twilio's id of the session; null until Twilio has answered the start or sent a callback.</summary>
    public PaymentSid? Payment { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required PaymentPhase Phase { get; init; }

    /// <summary>When the payment entered the phase, UTC.</summary>
    public required DateTimeOffset PhaseSince { get; init; }

    /// <summary>The field that is being asked or was rejected last; null when there is none.</summary>
    public CaptureField? Current { get; init; }

    public required IReadOnlyList<CaptureRow> Rows { get; init; }

    /// <summary>Names of required fields that AgentPay does not know. Screens show each as "another field".</summary>
    public IReadOnlyList<string> OtherRequired { get; init; } = [];

    public string? CardType { get; init; }

    public PendingAction? Pending { get; init; }

    [JsonIgnore]
    public string? PendingKey => Pending?.Key(Id);

    public PaymentOutcome? Outcome { get; init; }

    /// <summary>The latest receipt by text message; null when none was sent.</summary>
    public SmsReceipt? Receipt { get; init; }

    /// <summary>How a supervisor closed the check of an uncertain result; null while it is open.</summary>
    public PaymentClosing? Closing { get; init; }

    /// <summary>Twilio's code for the last request that it refused without ending the payment.</summary>
    public int? Refusal { get; init; }

    /// <summary>Twilio's time of the newest callback that was applied, UTC.</summary>
    public DateTimeOffset? CalledBackAt { get; init; }

    /// <summary>Delivery ids of the callbacks sent at <see cref="CalledBackAt"/>. Older repeats are recognised by their time.</summary>
    public IReadOnlyList<string> Deliveries { get; init; } = [];

    /// <summary>Number of writes to Sync. The newer of two copies has the higher version.</summary>
    public int Version { get; init; }

    /// <summary>Number of changes on this instance, including changes that are not written to Sync.</summary>
    [JsonIgnore]
    public int Step { get; init; }

    /// <summary>
    /// When this instance received the callback that led to this state, UTC; null after any other event. Used by
    /// <see cref="PaymentMetrics"/> only.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>Whether the phase can no longer change.</summary>
    [JsonIgnore]
    public bool IsFinal => Phase is PaymentPhase.Succeeded or PaymentPhase.Failed or PaymentPhase.Cancelled;

    /// <summary>Whether the payment has ended: it is final or <see cref="PaymentPhase.Unknown"/>.</summary>
    [JsonIgnore]
    public bool IsOver => IsFinal || Phase == PaymentPhase.Unknown;

    /// <summary>Whether a supervisor must check if the customer was charged.</summary>
    [JsonIgnore]
    public bool NeedsChecking => IsOver && PaymentResult.Of(this).NeedsChecking;

    /// <summary>Whether the customer was charged, so that a receipt can be sent.</summary>
    [JsonIgnore]
    public bool MayHaveReceipt =>
        Phase == PaymentPhase.Succeeded && Plan.Charges && PaymentResult.Of(this).Kind == ResultKind.Succeeded;

    /// <summary>Whether the recording must be paused before the payment is started at Twilio.</summary>
    [JsonIgnore]
    public bool MustPauseRecording => Plan.RecordingPause != RecordingPause.No && RecordingState is null && !IsOver;

    /// <summary>The last step of the recording at Twilio; null when there is none.</summary>
    [JsonIgnore]
    public RecordingStepKind? RecordingState => RecordingSteps?.LastOrDefault(step => !step.IsEvent)?.Kind;

    /// <summary>The last event to the recorder of the PBX; null when there is none.</summary>
    [JsonIgnore]
    public RecordingStepKind? RecorderState => RecordingSteps?.LastOrDefault(step => step.IsEvent)?.Kind;

    /// <summary>
    /// Whether the payment is over and the recording must be resumed. Also true without a recorded pause, because an instance may have
    /// stopped after it paused the recording.
    /// </summary>
    [JsonIgnore]
    public bool MustResumeRecording =>
        Plan.RecordingPause != RecordingPause.No && IsOver
        && RecordingState is null or RecordingStepKind.Paused or RecordingStepKind.NotPaused;

    /// <summary>
    /// Whether the payment is in slow-keying mode: the capture window is twice as long, fields that time out are asked again without the
    /// agent, and <see cref="PaymentPlan.KeyTimeout"/> is longer if the payment was started in this mode.
    /// </summary>
    [JsonIgnore]
    public bool IsSlow => Plan.IsSlow || SlowedAt is not null;

    /// <summary>Whether the caller has entered a part of the current field.</summary>
    [JsonIgnore]
    public bool IsHalfTyped => Current is { } current && Row(current)?.Progress == FieldProgress.Entering;

    /// <summary>Whether the caller has not completed a field yet.</summary>
    [JsonIgnore]
    public bool IsNew => !IsOver
        && Rows.All(row => row.Progress is not (FieldProgress.Captured or FieldProgress.Rejected or FieldProgress.TimedOut));

    [JsonIgnore]
    public bool IsBeforeSubmission => Phase is PaymentPhase.Starting or PaymentPhase.Capturing or PaymentPhase.Ready;

    /// <summary>Whether a callback shows that the Twilio session is open although the payment is over.</summary>
    public bool IsOpenAtTwilio(PayCallback callback) =>
        Phase is PaymentPhase.Failed or PaymentPhase.Cancelled
        && callback.Outcome is null
        && (Payment is null || Payment == callback.Payment)
        && (CalledBackAt is null || callback.SentAt > CalledBackAt);

    /// <summary>
    /// Whether the viewer may see the payment: its agent, its former agents, supervisors, and the agent who has claimed the call. Only
    /// <see cref="Agent"/> may act on it.
    /// </summary>
    /// <param name="holder">Principal name of the agent who has claimed the call; null when it is not claimed.</param>
    public bool IsVisibleTo(CurrentUser viewer, string? holder) =>
        viewer.IsSupervisor
        || WasHeldBy(viewer.PrincipalName)
        || (viewer.IsAgent && viewer.PrincipalName.Equals(holder, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the agent is the current or a former agent of the payment.</summary>
    public bool WasHeldBy(string agent) => Agent == agent || AgentChanges?.Any(change => change.From == agent) == true;

    /// <summary>When the payment is cancelled unless every field is captured, UTC.</summary>
    public DateTimeOffset CaptureEnd(PaymentLimits limits) => StartedAt + (IsSlow ? 2 * limits.CaptureWindow : limits.CaptureWindow);

    public CaptureRow? Row(CaptureField field) => Rows.FirstOrDefault(r => r.Field == field);

    public bool Supersedes(PaymentSession other) => (Version, Step).CompareTo((other.Version, other.Step)) > 0;

    /// <summary>
    /// Whether the change since <paramref name="before"/> must be stored. Partial entries and Twilio's acknowledgements need not be.
    /// </summary>
    public bool IsMilestoneAfter(PaymentSession before) =>
        Phase != before.Phase
        || Agent != before.Agent
        || Payment != before.Payment
        || Closing != before.Closing
        || SlowedAt != before.SlowedAt
        || Receipt != before.Receipt
        || RecordingSteps?.Count != before.RecordingSteps?.Count
        || Refusal != before.Refusal
        || (Pending is not null && Pending != before.Pending)
        || !OtherRequired.SequenceEqual(before.OtherRequired)
        || !Rows.Select(Milestone).SequenceEqual(before.Rows.Select(Milestone));

    private static (FieldProgress, int) Milestone(CaptureRow row) =>
        (row.Progress == FieldProgress.Entering ? FieldProgress.Asked : row.Progress, row.Asked);

    /// <summary>Creates a payment with a pending start. Store it before the request is sent to Twilio.</summary>
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
