using AgentPay.Web.Payments;

namespace AgentPay.Web.Board;

/// <summary>How many payments had each result.</summary>
/// <param name="Name">The agent's principal name or the profile; empty for all.</param>
public sealed record SuccessRate(string Name, int Succeeded, int Failed, int ToCheck, int Cancelled)
{
    /// <summary>
    /// The succeeded part of the payments that succeeded, were declined or failed, from 0 to 1, as in the history. Null when there is none.
    /// </summary>
    public double? Rate => Succeeded + Failed is > 0 and var counted ? (double)Succeeded / counted : null;

    internal static SuccessRate Of(string name, IEnumerable<BoardResult> results)
    {
        var kinds = results.CountBy(result => result.Kind).ToDictionary();
        return new(
            name,
            kinds.GetValueOrDefault(ResultKind.Succeeded),
            kinds.GetValueOrDefault(ResultKind.Failed),
            kinds.GetValueOrDefault(ResultKind.Unknown),
            kinds.GetValueOrDefault(ResultKind.Cancelled));
    }
}

/// <summary>The sum of the succeeded charges in one currency, in major units.</summary>
public sealed record CurrencyTotal(string Currency, decimal Taken, int Payments);

/// <summary>The totals of a day. Amounts of different currencies are never added up.</summary>
public sealed record BoardTotals(
    SuccessRate All, IReadOnlyList<CurrencyTotal> Currencies, IReadOnlyList<SuccessRate> Agents, IReadOnlyList<SuccessRate> Profiles)
{
    /// <summary>Counts the payments started at or after <paramref name="from"/>.</summary>
    public static BoardTotals Of(IEnumerable<BoardResult> results, DateTimeOffset from)
    {
        var today = results.Where(result => result.Started >= from).ToList();
        var charged = today.Where(result => result is { Kind: ResultKind.Succeeded, Amount: not null });
        return new(
            SuccessRate.Of("", today),
            [
                .. charged.GroupBy(result => result.Currency.ToUpperInvariant())
                    .Select(group => new CurrencyTotal(group.Key, group.Sum(result => result.Amount!.Value), group.Count()))
                    .OrderBy(total => total.Currency, StringComparer.Ordinal),
            ],
            RatesBy(today, result => result.Agent),
            RatesBy(today, result => result.Profile));
    }

    private static List<SuccessRate> RatesBy(IEnumerable<BoardResult> results, Func<BoardResult, string> nameOf) =>
        [.. results.GroupBy(nameOf, StringComparer.OrdinalIgnoreCase)
            .Select(group => SuccessRate.Of(group.Key, group))
            .OrderBy(rate => rate.Name, StringComparer.OrdinalIgnoreCase)];
}
