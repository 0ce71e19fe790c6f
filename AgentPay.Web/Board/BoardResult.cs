using AgentPay.Web.Payments;

namespace AgentPay.Web.Board;

/// <summary>A payment that is over, as the totals of the day count it.</summary>
/// <param name="Agent">Principal name.</param>
/// <param name="Amount">In major units; null when a card was to be saved.</param>
/// <param name="Started">UTC.</param>
public sealed record BoardResult(
    PaymentId Id, string Agent, string Profile, string Currency, decimal? Amount, ResultKind Kind, DateTimeOffset Started)
{
    public static BoardResult Of(HistoryRecord record) => new(
        record.Id, record.Agent, record.Profile, record.Currency, record.Amount, PaymentResult.Of(record).Kind, record.Started);

    public static BoardResult Of(BoardPayment over) => new(
        over.Id, over.Agent, over.Profile, over.Currency, over.Amount, over.Result ?? ResultKind.Unknown, over.StartedAt);
}
