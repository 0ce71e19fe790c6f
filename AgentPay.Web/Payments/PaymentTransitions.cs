using AgentPay.Web.PaymentTypes;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>
/// Every transition of a payment. Pure and total: an event that does not fit the phase leaves the session as it is (the same reference),
/// so callers tell "nothing to do" by reference equality.
/// </summary>
public static class PaymentTransitions
{
    public static PaymentSession Apply(this PaymentSession session, PaymentEvent happened) => happened switch
    {
        Closed e => session.IsOver && e.Closing.Closes(HistoryRecord.Of(session)) ? session with { Closing = e.Closing } : session,
        RecordingChanged e => session.OnRecording(e.Step),
        _ when session.IsFinal => session,
        CalledBack e => session.OnCallback(e.Callback, e.At),
        ActionAccepted e => session.OnAccepted(e),
        ActionRefused e when session.PendingKey == e.Key => session.OnRefused(e),
        FieldAsked e when session.Phase is PaymentPhase.Capturing or PaymentPhase.Ready && session.Pending is null => session.Ask(e.Field, e.At),
        SubmitAsked e when session.Phase == PaymentPhase.Ready && session.Pending is null => session.Submit(e.At),
        CancelAsked e when session.IsBeforeSubmission => session.Cancel(e.At),
        CancelAsked e when session is { Phase: PaymentPhase.Confirming, Pending: not { Action: PaymentAction.Cancel } } => session with { Refusal = null, Pending = new(PaymentAction.Cancel, e.At) },
        CallEnded e => session.OnCallEnded(e.At),
        TimePassed e => session.OnTimePassed(e),
        TakenOver e => session.MoveTo(e.Agent, e.ClaimNumber, AgentChangeKind.TakenOver, e.At),
        HandedOver e => session.MoveTo(e.Agent, e.ClaimNumber, AgentChangeKind.HandedOver, e.At),
        _ => session,
    };

    /// <summary>A step that is reported again changes nothing. If the pause is required, a failed one ends the payment.</summary>
    private static PaymentSession OnRecording(this PaymentSession session, RecordingStep step)
    {
        if (session.RecordingSteps?[^1].Kind == step.Kind) return session;
        var noted = session with { RecordingSteps = [.. session.RecordingSteps ?? [], step] };
        return step.Kind == RecordingStepKind.NotPaused && session is { Phase: PaymentPhase.Starting, Plan.RecordingPause: RecordingPause.Required }
            ? noted.End(PaymentPhase.Failed, new("recording-not-paused"), step.At)
            : noted;
    }

    /// <summary>A payment that has followed a newer claim of its call stays where it is.</summary>
    private static PaymentSession MoveTo(this PaymentSession session, string agent, int? claim, AgentChangeKind kind, DateTimeOffset at) =>
        session.IsOver || session.Agent == agent || claim < session.ClaimNumber ? session : session with
        {
            Agent = agent,
            ClaimNumber = claim ?? session.ClaimNumber,
            AgentChanges = [.. session.AgentChanges ?? [], new(kind, session.Agent, agent, at)],
        };

    /// <param name="error">Why the entry before was not accepted, when the server repeats the question by itself.</param>
    private static PaymentSession Ask(this PaymentSession session, CaptureField field, DateTimeOffset at, string? error = null)
    {
        if (session.Row(field) is not { } row || !session.MayAsk(field)) return session;
        var asked = row with { Progress = FieldProgress.Asked, Shown = null, Error = error, Asked = row.Asked + 1 };
        return session.Enter(PaymentPhase.Capturing, at) with
        {
            Current = field,
            Refusal = null,
            // What was entered the second time belongs to the first entry that is replaced now.
            Rows = [.. session.Rows.Select(r => r.Field == field ? asked : r.Field == PaymentProfiles.MatcherOf(field) ? r with { Progress = FieldProgress.NotAsked, Shown = null, Error = null }
                : r.IsOpen ? r with { Progress = FieldProgress.NotAsked, Shown = null } : r)],
            Pending = new(PaymentAction.Capture, at, field, asked.Asked),
        };
    }

    /// <summary>Twilio refuses a security code before the card number. A driving client hears that from Twilio itself.</summary>
    public static bool MayAsk(this PaymentSession session, CaptureField field) =>
        field != CaptureField.SecurityCode
        || session.Plan.Driver == PaymentDriver.Client
        || session.Row(CaptureField.PaymentCardNumber) is not { Progress: not FieldProgress.Captured };

    private static PaymentSession Submit(this PaymentSession session, DateTimeOffset at) => session.Enter(session.Plan.IsConfirmedByCaller ? PaymentPhase.Confirming : PaymentPhase.Submitting, at) with
    {
        Current = null,
        Refusal = null,
        Pending = new(PaymentAction.Complete, at),
    };

    /// <summary>A session whose PK is not known yet cannot be cancelled at Twilio: its start is asked again first, to learn it.</summary>
    private static PaymentSession Cancel(this PaymentSession session, DateTimeOffset at) => session.Enter(PaymentPhase.Cancelling, at) with
    {
        Current = null,
        Pending = session.Payment is null ? session.Pending : new(PaymentAction.Cancel, at),
    };

    private static PaymentSession OnAccepted(this PaymentSession session, ActionAccepted accepted)
    {
        if (session.PendingKey != accepted.Key) return session;
        return session.Pending!.Action == PaymentAction.Start && accepted.Payment is { } payment
            ? session.Bind(payment, accepted.At)
            : session with { Pending = null };
    }

    /// <summary>Twilio has opened the session: the first field is asked, or a cancellation that was waiting for this goes out.</summary>
    private static PaymentSession Bind(this PaymentSession session, PaymentSid payment, DateTimeOffset at)
    {
        if (session.Payment is not null) return session;
        var bound = session with { Payment = payment, Pending = null };
        return bound.Phase switch
        {
            PaymentPhase.Starting => bound.Enter(PaymentPhase.Capturing, at).Advance(at),
            PaymentPhase.Cancelling => bound.Cancel(at),
            _ => bound,
        };
    }

    private static PaymentSession OnRefused(this PaymentSession session, ActionRefused refused) => (session.Pending!.Action, refused.Code) switch
    {
        (_, 21220) => (session with { Pending = null }).OnCallEnded(refused.At),
        (PaymentAction.Start, 64021) => session with { Refusal = refused.Code, Pending = null },
        (PaymentAction.Start, _) => session.End(PaymentPhase.Failed, new("not-started", refused.Code), refused.At),
        (PaymentAction.Capture, _) => session.RejectCurrent(refused),
        (PaymentAction.Complete, 64019) => session.Enter(PaymentPhase.Capturing, refused.At) with { Pending = null, Refusal = refused.Code },
        // Twilio's session is gone or submitting, or does not say: an earlier try may have charged, so the callback or time must tell.
        (PaymentAction.Complete, 64021 or 20404) => session with { Pending = null, Refusal = refused.Code },
        (PaymentAction.Complete, _) when refused.MayBeDone => session with { Pending = null },
        (PaymentAction.Complete, _) => session.Enter(PaymentPhase.Ready, refused.At) with { Pending = null, Refusal = refused.Code },
        // The caller has confirmed meanwhile, or Twilio does not say: only the callback tells whether anything was charged.
        (PaymentAction.Cancel, 64021 or 20404) when session.Phase == PaymentPhase.Confirming => session.Enter(PaymentPhase.Submitting, refused.At) with { Pending = null, Refusal = refused.Code },
        (PaymentAction.Cancel, _) when session.Phase == PaymentPhase.Confirming => session with { Pending = null, Refusal = refused.Code },
        (PaymentAction.Cancel, _) => session.End(PaymentPhase.Cancelled, new("transaction-cancelled", refused.Code), refused.At),
        _ => session,
    };

    private static PaymentSession RejectCurrent(this PaymentSession session, ActionRefused refused) => session with
    {
        Pending = null,
        Refusal = refused.Code,
        Rows = [.. session.Rows.Select(r => r.Field == session.Pending!.Field ? r with { Progress = FieldProgress.NotAsked, Shown = null } : r)],
    };

    private static PaymentSession OnCallback(this PaymentSession session, PayCallback callback, DateTimeOffset at)
    {
        if (session.Payment is { } known && known != callback.Payment) return session;
        if (callback.Outcome is { } outcome) return session.OnOutcome(callback, outcome, at);
        if (session.IsStale(callback)) return session;
        var seen = session.Bind(callback.Payment, at) with
        {
            CalledBackAt = callback.SentAt,
            Deliveries = session.DeliveriesWith(callback),
            CardType = callback.CardType ?? session.CardType,
        };
        return seen.Phase is PaymentPhase.Capturing or PaymentPhase.Ready ? seen.OnEntry(callback, at) : seen;
    }

    private static bool IsStale(this PaymentSession session, PayCallback callback) =>
        callback.SentAt < session.CalledBackAt
        || (callback.SentAt == session.CalledBackAt && callback.Delivery is not null && session.Deliveries.Contains(callback.Delivery));

    private static IReadOnlyList<string> DeliveriesWith(this PaymentSession session, PayCallback callback)
    {
        if (callback.Delivery is null) return session.Deliveries;
        return callback.SentAt == session.CalledBackAt ? [.. session.Deliveries, callback.Delivery] : [callback.Delivery];
    }

    private static PaymentSession OnEntry(this PaymentSession session, PayCallback callback, DateTimeOffset at)
    {
        if (session.RequiredBy(callback) is not { } required) return session;
        var answered = session.Pending is { Action: PaymentAction.Capture } pending && pending.Field == callback.Capture;
        var entered = session with
        {
            Pending = answered ? null : session.Pending,
            OtherRequired = callback.OtherRequired,
            Rows = [.. session.Rows.Select(row => row.After(callback, required))],
        };
        if (callback.Capture is { } capture && required.Contains(capture) && entered.Row(capture) is not null)
            entered = entered with { Current = capture };
        if (entered.Pending is not null) return entered;
        return required.Count == 0 && callback.OtherRequired.Count == 0 ? entered.Enter(PaymentPhase.Ready, at) with { Current = null } : entered.Enter(PaymentPhase.Capturing, at).Advance(at);
    }

    /// <summary>With a name among them that is not known, a field that is not named may be meant by it: it counts as captured only if the callback shows it.</summary>
    private static HashSet<CaptureField>? RequiredBy(this PaymentSession session, PayCallback callback) =>
        callback.Required is not { } named ? null
        : callback.OtherRequired.Count == 0 ? [.. named]
        : [.. named, .. session.Rows.Where(row => row.Progress != FieldProgress.Captured && (callback.IsPartial || !callback.Shown.ContainsKey(row.Field))).Select(row => row.Field)];

    private static CaptureRow After(this CaptureRow row, PayCallback callback, HashSet<CaptureField> required)
    {
        var shown = callback.Shown.GetValueOrDefault(row.Field);
        if (!required.Contains(row.Field)) return row with { Progress = FieldProgress.Captured, Shown = shown ?? row.Shown, Error = null };
        if (row.Field != callback.Capture) return row.Progress is FieldProgress.Captured || row.IsOpen ? row with { Progress = FieldProgress.NotAsked, Shown = null } : row;
        if (callback.ErrorType is { } error) return row with { Progress = error == "input-timeout" ? FieldProgress.TimedOut : FieldProgress.Rejected, Shown = null, Error = error };
        return callback.IsPartial
            ? row with { Progress = FieldProgress.Entering, Shown = shown }
            : row with { Progress = FieldProgress.Asked, Shown = null };
    }

    /// <summary>
    /// Asks for the next field where this server decides that: none while a field is open; a rejected one again while it has attempts left;
    /// else the first that has not been asked. A captured field is never asked again from here.
    /// </summary>
    private static PaymentSession Advance(this PaymentSession session, DateTimeOffset at)
    {
        if (session.Plan.Driver == PaymentDriver.Client || session.Rows.Any(r => r.IsOpen)) return session;
        var current = session.Current is { } field ? session.Row(field) : null;
        if (current?.Progress is FieldProgress.Rejected or FieldProgress.TimedOut)
            return current.Asked < session.Plan.Attempts ? session.Ask(current.Field, at, current.Error) : session;
        return session.Rows.FirstOrDefault(r => r.Progress == FieldProgress.NotAsked && session.MayAsk(r.Field)) is { } next ? session.Ask(next.Field, at) : session;
    }

    private static PaymentSession OnOutcome(this PaymentSession session, PayCallback callback, PaymentOutcome outcome, DateTimeOffset at)
    {
        var (phase, judged) = OutcomeRules.Judge(session.Plan, outcome);
        if (phase == session.Phase && session.CalledBackAt == callback.SentAt) return session;
        var ended = session with { Payment = callback.Payment, CalledBackAt = callback.SentAt, CardType = callback.CardType ?? session.CardType };
        return ended.End(phase, judged, at);
    }

    /// <summary>A hang-up ends what has not been submitted; what has been is decided by the gateway, and its callback still comes.</summary>
    private static PaymentSession OnCallEnded(this PaymentSession session, DateTimeOffset at) => session.Phase switch
    {
        PaymentPhase.Starting or PaymentPhase.Capturing or PaymentPhase.Ready => session.End(PaymentPhase.Failed, new("caller-hung-up"), at),
        PaymentPhase.Cancelling => session.End(PaymentPhase.Cancelled, new("transaction-cancelled"), at),
        _ => session,
    };

    private static PaymentSession OnTimePassed(this PaymentSession session, TimePassed passed)
    {
        var (capture, outcome) = (passed.At - session.StartedAt >= passed.Limits.CaptureWindow, passed.At - session.PhaseSince >= passed.Limits.OutcomeTimeout);
        return session.Phase switch
        {
            PaymentPhase.Starting when outcome => session.Cancel(passed.At) with { Outcome = new("not-started", session.Refusal) },
            PaymentPhase.Capturing or PaymentPhase.Ready when capture => session.Cancel(passed.At) with { Outcome = new("capture-window-over") },
            // A cancellation that Twilio has not heard of yet is worth more patience: the session lives there as long.
            PaymentPhase.Cancelling when outcome && (session.Pending is null || passed.At - session.PhaseSince >= passed.Limits.CaptureWindow) => session.End(PaymentPhase.Cancelled, new("transaction-cancelled"), passed.At),
            PaymentPhase.Submitting when outcome => session.LoseOutcome(passed.At),
            // By then Twilio has long stopped asking the caller, so its last callback is lost.
            PaymentPhase.Confirming when passed.At - session.PhaseSince >= passed.Limits.CaptureWindow => session.LoseOutcome(passed.At),
            _ => session,
        };
    }

    private static PaymentSession LoseOutcome(this PaymentSession session, DateTimeOffset at) =>
        session.Enter(PaymentPhase.Unknown, at) with { Pending = null, Rows = session.RowsWithoutClearText() };

    private static PaymentSession Enter(this PaymentSession session, PaymentPhase phase, DateTimeOffset at) =>
        session.Phase == phase ? session : session with { Phase = phase, PhaseSince = at };

    /// <summary>The end. Why a cancellation was begun by the server itself outlives Twilio's word for it. Expiry date and postal code go.</summary>
    private static PaymentSession End(this PaymentSession session, PaymentPhase phase, PaymentOutcome outcome, DateTimeOffset at)
    {
        var why = phase == PaymentPhase.Cancelled && session.Outcome is { } begun ? begun : outcome;
        return session.Enter(phase, at) with
        {
            Outcome = why,
            Pending = null,
            Current = null,
            Rows = session.RowsWithoutClearText(),
        };
    }

    /// <summary>Masks of captured fields stay; expiry date, postal code and routing number, which Twilio does not mask, go.</summary>
    private static IReadOnlyList<CaptureRow> RowsWithoutClearText(this PaymentSession session) => [.. session.Rows.Select(row => row.Field switch
    {
        CaptureField.PaymentCardNumber or CaptureField.BankAccountNumber or CaptureField.SecurityCode when row.Progress == FieldProgress.Captured => row,
        _ => row with { Shown = null },
    })];
}
