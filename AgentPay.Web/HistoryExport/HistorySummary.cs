using AgentPay.Web.Payments;

namespace AgentPay.Web.HistoryExport;

/// <summary>
/// Totals of payments. Amounts of different currencies are never added up. Its size depends on the number of currencies, agents,
/// profiles and days, not on the number of payments.
/// </summary>
/// <param name="zone">Decides the day and the hour of a payment.</param>
public sealed class HistorySummary(TimeZoneInfo zone)
{
    private readonly Dictionary<string, Tally> _currencies = [];
    private readonly Dictionary<(string, string), Tally> _agents = [];
    private readonly Dictionary<(string, string), Tally> _profiles = [];
    private readonly Dictionary<(DateOnly, string), Tally> _days = [];
    private readonly Dictionary<string, int> _reasons = [];
    private readonly Dictionary<(DateTime Hour, ResultKind Kind), int> _hours = [];

    public int Count { get; private set; }

    public IEnumerable<(string Currency, Tally Tally)> Currencies => _currencies.OrderBy(c => c.Key).Select(c => (c.Key, c.Value));

    /// <summary>By principal name and currency.</summary>
    public IEnumerable<(string Agent, string Currency, Tally Tally)> Agents =>
        _agents.OrderBy(entry => entry.Key).Select(entry => (entry.Key.Item1, entry.Key.Item2, entry.Value));

    public IEnumerable<(string Profile, string Currency, Tally Tally)> Profiles =>
        _profiles.OrderBy(entry => entry.Key).Select(entry => (entry.Key.Item1, entry.Key.Item2, entry.Value));

    /// <summary>Oldest first.</summary>
    public IEnumerable<(DateOnly Day, string Currency, Tally Tally)> Days =>
        _days.OrderBy(entry => entry.Key).Select(entry => (entry.Key.Item1, entry.Key.Item2, entry.Value));

    /// <summary>Why payments were not taken, the most frequent first. The reasons are keys of the localizer.</summary>
    public IEnumerable<(string Reason, int Count)> Reasons =>
        _reasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key).Select(reason => (reason.Key, reason.Value));

    /// <summary>The number of payments by hour, in local time, and result.</summary>
    public IReadOnlyDictionary<(DateTime Hour, ResultKind Kind), int> Hours => _hours;

    public void Add(HistoryRecord record)
    {
        var (result, local) = (PaymentResult.Of(record), TimeZoneInfo.ConvertTime(record.Started, zone).DateTime);
        var (currency, hour) = (record.Currency.ToUpperInvariant(), local.Date.AddHours(local.Hour));
        Count++;
        In(_currencies, currency).Add(record, result.Kind);
        In(_agents, (record.Agent.ToLowerInvariant(), currency)).Add(record, result.Kind);
        In(_profiles, (record.Profile, currency)).Add(record, result.Kind);
        In(_days, (DateOnly.FromDateTime(local), currency)).Add(record, result.Kind);
        _hours[(hour, result.Kind)] = _hours.GetValueOrDefault((hour, result.Kind)) + 1;
        if (result.Kind == ResultKind.Failed) _reasons[result.What] = _reasons.GetValueOrDefault(result.What) + 1;
    }

    private static Tally In<TKey>(Dictionary<TKey, Tally> tallies, TKey key)
        where TKey : notnull
    {
        if (!tallies.TryGetValue(key, out var tally)) tallies[key] = tally = new();
        return tally;
    }
}
