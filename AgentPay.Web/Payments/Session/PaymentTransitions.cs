using AgentPay.Web.PaymentTypes;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>
/// Computes the transitions of a payment, without side effects. An event that does not fit the phase returns the same reference, so callers
/// detect "no change" by reference equality.
/// </summary>
public static partial class PaymentTransitions
{
    /// <summary>How often the server asks for a field that times out in slow-keying mode.</summary>
    private const int SlowAttempts = 5;

    /// <summary>Returns the payment after the event.</summary>
    public static PaymentSession Apply(this PaymentSession session, PaymentEvent happened) => happened switch
    {
        Closed e => session.IsOver && e.Closing.Closes(HistoryRecord.Of(session))
            ? session with { Closing = e.Closing }
            : session,
        RecordingChanged e => session.OnRecording(e.Step),
        ReceiptAsked e => session.OnReceiptAsked(e.Receipt),
        ReceiptReported e => session.OnReceiptReported(e),
        _ when session.IsFinal => session,
        CalledBack e => session.OnCallback(e.Callback, e.At),
        ActionAccepted e => session.OnAccepted(e),
        ActionRefused e when session.PendingKey == e.Key => session.OnRefused(e),
        FieldAsked e when session.Phase is PaymentPhase.Capturing or PaymentPhase.Ready && session.Pending is null =>
            session.Ask(e.Field, e.At),
        SubmitAsked e when session.Phase == PaymentPhase.Ready && session.Pending is null => session.Submit(e.At),
        CancelAsked e when session.IsBeforeSubmission => session.Cancel(e.At),
        CancelAsked e when session is { Phase: PaymentPhase.Confirming, Pending: not { Action: PaymentAction.Cancel } } =>
            session with { Refusal = null, Pending = new(PaymentAction.Cancel, e.At) },
        SlowKeyingAsked e when session is { IsBeforeSubmission: true, IsSlow: false, Plan.Driver: PaymentDriver.Server } =>
            session.SlowDown(e.At),
        CallEnded e => session.OnCallEnded(e.At),
        TimePassed e => session.OnTimePassed(e),
        TakenOver e => session.MoveTo(e.ClaimNumber, new(AgentChangeKind.TakenOver, session.Agent, e.Agent, e.At)),
        HandedOver e => session.MoveTo(e.ClaimNumber, new(AgentChangeKind.HandedOver, session.Agent, e.Agent, e.At, e.IsTransfer)),
        _ => session,
    };

    /// <param name="error">The error of the previous entry, when the server repeats the question.</param>
    private static PaymentSession Ask(this PaymentSession session, CaptureField field, DateTimeOffset at, string? error = null)
    {
        if (session.Row(field) is not { } row || !session.MayAsk(field)) return session;
        var asked = row with { Progress = FieldProgress.Asked, Shown = null, Error = error, Asked = row.Asked + 1 };
        return session.Enter(PaymentPhase.Capturing, at) with
        {
            Current = field,
            Refusal = null,
            // The second entry of a field belongs to its first entry, which is replaced now.
            Rows =
            [
                .. session.Rows.Select(r =>
                    r.Field == field ? asked
                    : r.Field == PaymentProfiles.MatcherOf(field)
                        ? r with { Progress = FieldProgress.NotAsked, Shown = null, Error = null }
                    : r.IsOpen ? r with { Progress = FieldProgress.NotAsked, Shown = null }
                    : r),
            ],
            Pending = new(PaymentAction.Capture, at, field, asked.Asked),
        };
    }

    /// <summary>
    /// Whether the field can be asked now. Twilio refuses a security code before the card number. A client that drives its payment gets
    /// that refusal from Twilio.
    /// </summary>
    public static bool MayAsk(this PaymentSession session, CaptureField field) =>
        field != CaptureField.SecurityCode
        || session.Plan.Driver == PaymentDriver.Client
        || session.Row(CaptureField.PaymentCardNumber) is not { Progress: not FieldProgress.Captured };

    private static PaymentSession Submit(this PaymentSession session, DateTimeOffset at) =>
        session.Enter(session.Plan.IsConfirmedByCaller ? PaymentPhase.Confirming : PaymentPhase.Submitting, at) with
        {
            Current = null,
            Refusal = null,
            Pending = new(PaymentAction.Complete, at),
        };

    /// <summary>
    /// Cancels the session. Without its PK SID, it cannot be cancelled at Twilio: the start stays pending and is sent again to get the SID.
    /// </summary>
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

    /// <summary>Twilio has opened the session. Asks for the first field, or sends the cancellation that needed the PK SID.</summary>
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

    private static PaymentSession OnRefused(this PaymentSession session, ActionRefused refused) =>
        (session.Pending!.Action, refused.Code) switch
        {
            (_, 21220) => (session with { Pending = null }).OnCallEnded(refused.At),
            (PaymentAction.Start, 64021) => session with { Refusal = refused.Code, Pending = null },
            (PaymentAction.Start, _) => session.End(PaymentPhase.Failed, new("not-started", refused.Code), refused.At),
            (PaymentAction.Capture, _) => session.RejectCurrent(refused),
            (PaymentAction.Complete, 64019) =>
                session.Enter(PaymentPhase.Capturing, refused.At) with { Pending = null, Refusal = refused.Code },
            // The session is gone or submitting, or the answer is unclear. An earlier attempt may have charged the card, so the callback or
            // the timeout decides.
            (PaymentAction.Complete, 64021 or 20404) => session with { Pending = null, Refusal = refused.Code },
            (PaymentAction.Complete, _) when refused.MayBeDone => session with { Pending = null },
            (PaymentAction.Complete, _) =>
                session.Enter(PaymentPhase.Ready, refused.At) with { Pending = null, Refusal = refused.Code },
            // The caller may have confirmed in the meantime. Only the callback tells whether the card was charged.
            (PaymentAction.Cancel, 64021 or 20404) when session.Phase == PaymentPhase.Confirming =>
                session.Enter(PaymentPhase.Submitting, refused.At) with { Pending = null, Refusal = refused.Code },
            (PaymentAction.Cancel, _) when session.Phase == PaymentPhase.Confirming =>
                session with { Pending = null, Refusal = refused.Code },
            (PaymentAction.Cancel, _) =>
                session.End(PaymentPhase.Cancelled, new("transaction-cancelled", refused.Code), refused.At),
            _ => session,
        };

    private static PaymentSession RejectCurrent(this PaymentSession session, ActionRefused refused) => session with
    {
        Pending = null,
        Refusal = refused.Code,
        Rows =
        [
            .. session.Rows.Select(r => r.Field == session.Pending!.Field
                ? r with { Progress = FieldProgress.NotAsked, Shown = null }
                : r),
        ],
    };

    /// <summary>
    /// Asks for the next field, if this server drives the payment and no field is open. Asks for a rejected field again while it has
    /// attempts left; otherwise for the first field that was not asked. Does not ask for a captured field again.
    /// </summary>
    private static PaymentSession Advance(this PaymentSession session, DateTimeOffset at)
    {
        if (session.Plan.Driver == PaymentDriver.Client || session.Rows.Any(r => r.IsOpen)) return session;
        var current = session.Current is { } field ? session.Row(field) : null;
        if (current?.Progress is FieldProgress.Rejected or FieldProgress.TimedOut)
            return current.Asked < session.AttemptsFor(current) ? session.Ask(current.Field, at, current.Error) : session;
        return session.Rows.FirstOrDefault(r => r.Progress == FieldProgress.NotAsked && session.MayAsk(r.Field)) is { } next
            ? session.Ask(next.Field, at)
            : session;
    }

    /// <summary>How often the server asks for the field. In slow-keying mode, a field that timed out is asked more often.</summary>
    private static int AttemptsFor(this PaymentSession session, CaptureRow row) =>
        session.IsSlow && row.Progress == FieldProgress.TimedOut ? Math.Max(session.Plan.Attempts, SlowAttempts) : session.Plan.Attempts;

    /// <summary>A field that has timed out just now is asked again at once.</summary>
    private static PaymentSession SlowDown(this PaymentSession session, DateTimeOffset at)
    {
        var slow = session with { SlowedAt = at };
        return slow is { Phase: PaymentPhase.Capturing, Pending: null, Current: { } current }
            && slow.Row(current)?.Progress == FieldProgress.TimedOut
                ? slow.Advance(at)
                : slow;
    }

    /// <summary>
    /// Ends a payment that is not submitted. After the submission, the gateway decides, and Twilio still sends the callback.
    /// </summary>
    private static PaymentSession OnCallEnded(this PaymentSession session, DateTimeOffset at) => session.Phase switch
    {
        PaymentPhase.Starting or PaymentPhase.Capturing or PaymentPhase.Ready =>
            session.End(PaymentPhase.Failed, new("caller-hung-up"), at),
        PaymentPhase.Cancelling => session.End(PaymentPhase.Cancelled, new("transaction-cancelled"), at),
        _ => session,
    };

    private static PaymentSession OnTimePassed(this PaymentSession session, TimePassed passed)
    {
        var isCaptureOver = passed.At >= session.CaptureEnd(passed.Limits);
        var isOutcomeLate = passed.At - session.PhaseSince >= passed.Limits.OutcomeTimeout;
        return session.Phase switch
        {
            PaymentPhase.Starting when isOutcomeLate =>
                session.Cancel(passed.At) with { Outcome = new("not-started", session.Refusal) },
            PaymentPhase.Capturing or PaymentPhase.Ready when isCaptureOver =>
                session.Cancel(passed.At) with { Outcome = new("capture-window-over") },
            // A cancellation without an answer from Twilio has more time, because the Twilio session may still be open.
            PaymentPhase.Cancelling when isOutcomeLate
                && (session.Pending is null || passed.At - session.PhaseSince >= passed.Limits.CaptureWindow) =>
                session.End(PaymentPhase.Cancelled, new("transaction-cancelled"), passed.At),
            PaymentPhase.Submitting when isOutcomeLate => session.LoseOutcome(passed.At),
            // Twilio has stopped asking the caller long before this limit, so its last callback is lost.
            PaymentPhase.Confirming when passed.At - session.PhaseSince >= passed.Limits.CaptureWindow =>
                session.LoseOutcome(passed.At),
            _ => session,
        };
    }

    private static PaymentSession LoseOutcome(this PaymentSession session, DateTimeOffset at) =>
        session.Enter(PaymentPhase.Unknown, at) with { Pending = null, Rows = session.RowsWithoutClearText() };

    private static PaymentSession Enter(this PaymentSession session, PaymentPhase phase, DateTimeOffset at) =>
        session.Phase == phase ? session : session with { Phase = phase, PhaseSince = at };

    /// <summary>Ends the payment and removes clear text. If the server has cancelled it, its own reason replaces Twilio's result.</summary>
    private static PaymentSession End(this PaymentSession session, PaymentPhase phase, PaymentOutcome outcome, DateTimeOffset at)
    {
        var reason = phase == PaymentPhase.Cancelled && session.Outcome is { } own ? own : outcome;
        return session.Enter(phase, at) with
        {
            Outcome = reason,
            Pending = null,
            Current = null,
            Rows = session.RowsWithoutClearText(),
        };
    }

    /// <summary>
    /// Keeps the masks of captured fields. Removes the expiry date, postal code and routing number, which Twilio does not mask.
    /// </summary>
    private static IReadOnlyList<CaptureRow> RowsWithoutClearText(this PaymentSession session) =>
    [
        .. session.Rows.Select(row => row.Field switch
        {
            CaptureField.PaymentCardNumber or CaptureField.BankAccountNumber or CaptureField.SecurityCode
                when row.Progress == FieldProgress.Captured => row,
            _ => row with { Shown = null },
        }),
    ];
}
