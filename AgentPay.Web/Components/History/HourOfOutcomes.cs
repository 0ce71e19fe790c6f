using AgentPay.Web.Components.Parts;
using AgentPay.Web.Payments;

namespace AgentPay.Web.Components.History;

/// <summary>How many payments started in one hour of the viewer's day, by their result.</summary>
public sealed record HourOfOutcomes(int Hour, IReadOnlyDictionary<ResultKind, int> Counts)
{
    public int All => Counts.Values.Sum();

    /// <summary>All 24 hours. Where the clocks are put back, an hour holds what started in both of its name.</summary>
    public static IReadOnlyList<HourOfOutcomes> Of(IEnumerable<HistoryRecord> records, ViewerClock viewer)
    {
        var hours = records.ToLookup(record => viewer.Local(record.Started).Hour, ResultKinds.KindOf);
        return [.. Enumerable.Range(0, 24).Select(hour => new HourOfOutcomes(hour, hours[hour].CountBy(kind => kind).ToDictionary()))];
    }
}
