using AgentPay.Web.Payments;

namespace AgentPay.Web.Components.History;

/// <summary>What a day came to in one currency. Amounts of different currencies are never added up.</summary>
/// <param name="Taken">Charged, in major units.</param>
/// <param name="Tokens">Cards kept for later, of which nothing was charged.</param>
/// <param name="ToCheck">Asked for by payments whose outcome is not known.</param>
public sealed record CurrencyTotal(string Currency, int Charges, decimal Taken, int Tokens, int Failed, int Cancelled, int Unknown, decimal ToCheck)
{
    public static IReadOnlyList<CurrencyTotal> Of(IEnumerable<HistoryRecord> records) =>
        [.. records.GroupBy(record => record.Currency, StringComparer.OrdinalIgnoreCase).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Of(group.Key, [.. group]))];

    private static CurrencyTotal Of(string currency, List<HistoryRecord> records)
    {
        List<HistoryRecord> Those(ResultKind kind) => records.FindAll(record => ResultKinds.KindOf(record) == kind);
        var (succeeded, unknown) = (Those(ResultKind.Succeeded), Those(ResultKind.Unknown));
        return new(
            currency,
            succeeded.Count(record => record.Amount is not null),
            succeeded.Sum(record => record.Amount ?? 0),
            succeeded.Count(record => record.Amount is null),
            Those(ResultKind.Failed).Count,
            Those(ResultKind.Cancelled).Count,
            unknown.Count,
            unknown.Sum(record => record.Amount ?? 0));
    }
}
