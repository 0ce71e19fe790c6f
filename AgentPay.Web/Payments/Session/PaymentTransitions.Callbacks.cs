using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

public static partial class PaymentTransitions
{
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
        return required.Count == 0 && callback.OtherRequired.Count == 0
            ? entered.Enter(PaymentPhase.Ready, at) with { Current = null }
            : entered.Enter(PaymentPhase.Capturing, at).Advance(at);
    }

    /// <summary>
    /// Returns the fields that are still required; null when the callback does not say. An unknown name in <c>Required</c> may stand for
    /// any field. Then a field counts as captured only if the callback shows its entry.
    /// </summary>
    private static HashSet<CaptureField>? RequiredBy(this PaymentSession session, PayCallback callback) =>
        callback.Required is not { } named ? null
        : callback.OtherRequired.Count == 0 ? [.. named]
        :
        [
            .. named,
            .. session.Rows
                .Where(row => row.Progress != FieldProgress.Captured
                    && (callback.IsPartial || !callback.Shown.ContainsKey(row.Field)))
                .Select(row => row.Field),
        ];

    private static CaptureRow After(this CaptureRow row, PayCallback callback, HashSet<CaptureField> required)
    {
        var shown = callback.Shown.GetValueOrDefault(row.Field);
        if (!required.Contains(row.Field))
            return row with { Progress = FieldProgress.Captured, Shown = shown ?? row.Shown, Error = null };
        if (row.Field != callback.Capture)
        {
            return row.Progress is FieldProgress.Captured || row.IsOpen
                ? row with { Progress = FieldProgress.NotAsked, Shown = null }
                : row;
        }
        if (callback.ErrorType is { } error)
        {
            return row with
            {
                Progress = error == "input-timeout" ? FieldProgress.TimedOut : FieldProgress.Rejected,
                Shown = null,
                Error = error,
            };
        }
        return callback.IsPartial
            ? row with { Progress = FieldProgress.Entering, Shown = shown }
            : row with { Progress = FieldProgress.Asked, Shown = null };
    }

    private static PaymentSession OnOutcome(this PaymentSession session, PayCallback callback, PaymentOutcome outcome, DateTimeOffset at)
    {
        var (phase, judged) = OutcomeRules.Judge(session.Plan, outcome);
        if (phase == session.Phase && session.CalledBackAt == callback.SentAt) return session;
        var ended = session with
        {
            Payment = callback.Payment,
            CalledBackAt = callback.SentAt,
            CardType = callback.CardType ?? session.CardType,
        };
        return ended.End(phase, judged, at);
    }
}
