using AgentPay.Web.Payments;

namespace AgentPay.Web.Components.History;

/// <summary>The totals of one currency. Amounts of different currencies are never added up.</summary>
/// <param name="Taken">The sum of the charges, in major units.</param>
/// <param name="CardsSaved">Cards saved for later; nothing was charged.</param>
/// <param name="ToCheck">The sum that payments with an uncertain outcome may have charged, in major units.</param>
public sealed record CurrencyTotal(
    string Currency, int Charges, decimal Taken, int CardsSaved, int Failed, int Cancelled, int Unknown, decimal ToCheck)
{
    public static IReadOnlyList<CurrencyTotal> Of(IEnumerable<HistoryRecord> records) =>
    [
        .. records.GroupBy(record => record.Currency, StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(Of),
    ];

    private static CurrencyTotal Of(IGrouping<string, HistoryRecord> currency)
    {
        var kinds = currency.ToLookup(record => PaymentResult.Of(record).Kind);
        var (succeeded, unknown) = (kinds[ResultKind.Succeeded], kinds[ResultKind.Unknown]);
        return new(
            currency.Key,
            succeeded.Count(record => record.Amount is not null),
            succeeded.Sum(record => record.Amount ?? 0),
            succeeded.Count(record => record.Amount is null),
            kinds[ResultKind.Failed].Count(),
            kinds[ResultKind.Cancelled].Count(),
            unknown.Count(),
            unknown.Sum(record => record.Amount ?? 0));
    }
}
