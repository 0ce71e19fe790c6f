using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Board;

/// <summary>
/// What the board shows of a payment. It has none of the caller's entries, so a digit that the caller enters does not change it.
/// </summary>
/// <param name="Agent">Principal name.</param>
/// <param name="Amount">In major units; null when a card is saved.</param>
/// <param name="PhaseSince">When the payment entered the phase, UTC.</param>
/// <param name="Field">The field that is being asked or was asked last; null when there is none.</param>
/// <param name="Attempts">How often <paramref name="Field"/> was asked; 0 once it is captured.</param>
/// <param name="IsPaused">The payment is in <see cref="PaymentPhase.Capturing"/>, and no field is being asked.</param>
/// <param name="IsRefused">Twilio refused the last request.</param>
/// <param name="Result">Null while the payment is in progress.</param>
/// <param name="Label">The result in one to four words, a key of the localizer; null while the payment is in progress.</param>
public sealed record BoardPayment(
    PaymentId Id,
    string Agent,
    CallSid Call,
    decimal? Amount,
    string Currency,
    string Profile,
    string? Reference,
    PaymentPhase Phase,
    DateTimeOffset PhaseSince,
    DateTimeOffset StartedAt,
    CaptureField? Field = null,
    int Attempts = 0,
    bool IsPaused = false,
    bool IsRefused = false,
    ResultKind? Result = null,
    string? Label = null)
{
    public bool IsOver => Result is not null;

    public static BoardPayment Of(PaymentSession session)
    {
        if (session.IsOver) return Of(HistoryRecord.Of(session));
        var row = session.Current is { } current ? session.Row(current) : null;
        return new(
            session.Id, session.Agent, session.Call, session.Plan.Amount, session.Plan.Currency, session.Plan.Profile,
            session.Plan.Reference, session.Phase, session.PhaseSince, session.StartedAt)
        {
            Field = row?.Field,
            Attempts = row is null or { Progress: FieldProgress.Captured } ? 0 : row.Asked,
            IsPaused = session is { Phase: PaymentPhase.Capturing, Pending: null } && !session.Rows.Any(field => field.IsOpen),
            IsRefused = session.Refusal is not null,
        };
    }

    public static BoardPayment Of(HistoryRecord record)
    {
        var result = PaymentResult.Of(record);
        return new(
            record.Id, record.Agent, record.Call, record.Amount, record.Currency, record.Profile, record.Reference,
            PhaseOf(result.Kind), record.Ended, record.Started)
        {
            Result = result.Kind,
            Label = result.Label,
        };
    }

    private static PaymentPhase PhaseOf(ResultKind kind) => kind switch
    {
        ResultKind.Succeeded => PaymentPhase.Succeeded,
        ResultKind.Failed => PaymentPhase.Failed,
        ResultKind.Cancelled => PaymentPhase.Cancelled,
        _ => PaymentPhase.Unknown,
    };
}
