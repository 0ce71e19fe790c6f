using AgentPay.Web.Identity;
using AgentPay.Web.Payments;

namespace AgentPay.Web.HistoryExport;

/// <summary>The payments of a range that match a filter.</summary>
public sealed record HistoryReading
{
    /// <summary>How many payments a page holds. The totals and the export have no such limit.</summary>
    public const int MostRecords = 1000;

    /// <summary>The newest payments, newest first; at most <see cref="MostRecords"/>.</summary>
    public required IReadOnlyList<HistoryRecord> Records { get; init; }

    /// <summary>Of all payments that match, also those that are not in <see cref="Records"/>.</summary>
    public required HistorySummary Summary { get; init; }

    /// <summary>The number of payments in the range, with and without a match.</summary>
    public required int Count { get; init; }

    /// <summary>Principal names of the agents with payments in the range.</summary>
    public required IReadOnlyList<string> Agents { get; init; }

    /// <summary>Days of the range of which a part or all could not be read. Their payments are missing everywhere else.</summary>
    public required IReadOnlyList<HistoryDay> Missing { get; init; }

    /// <summary>Why days are missing; null when none is.</summary>
    public string? Problem { get; init; }

    /// <summary>When the oldest part was read, UTC.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>Whether nothing could be read.</summary>
    public bool HasFailed { get; init; }

    public bool IsCut => Summary.Count > Records.Count;
}

/// <summary>Reads the payments of a range day by day, and keeps no more than a page and the totals.</summary>
public sealed class HistoryReader(PaymentHistory history, TimeProvider clock)
{
    /// <param name="onDay">Called after each UTC day with the number of days that are done.</param>
    public async Task<HistoryReading> ReadAsync(
        CurrentUser viewer, HistoryQuery query, ReadSince since, Action<int>? onDay, CancellationToken cancellation)
    {
        var (range, matches, summary) = (query.Range, query.Filter.ToPredicate(), new HistorySummary(query.Range.First.Zone));
        var (records, agents) = (new List<HistoryRecord>(), new SortedSet<string>(StringComparer.OrdinalIgnoreCase));
        var (missing, readAt, count, days) = (new List<HistoryDayResult>(), clock.GetUtcNow(), 0, 0);
        await foreach (var day in history.ReadAsync(viewer, range.From, range.Until, since, cancellation))
        {
            if (day.Records is null) missing.Add(day);
            else if (day.ReadAt < readAt) readAt = day.ReadAt;
            foreach (var record in day.Records ?? [])
            {
                count++;
                agents.Add(record.Agent);
                if (!matches(record)) continue;
                summary.Add(record);
                if (records.Count < HistoryReading.MostRecords) records.Add(record);
            }
            days++;
            onDay?.Invoke(days);
        }
        return new()
        {
            Records = records,
            Summary = summary,
            Count = count,
            Agents = [.. agents],
            Missing = [.. missing.SelectMany(day => LocalDays(day.Day, range)).DistinctBy(day => day.Date).OrderBy(day => day.Date)],
            Problem = missing.FirstOrDefault()?.Problem,
            ReadAt = readAt,
            HasFailed = missing.Count > 0 && missing.Count == days,
        };
    }

    /// <summary>The days of the range that overlap a UTC day.</summary>
    private static IEnumerable<HistoryDay> LocalDays(DateOnly utc, HistoryRange range)
    {
        var from = new DateTimeOffset(utc, TimeOnly.MinValue, TimeSpan.Zero);
        return Enumerable.Range(0, range.Days).Select(range.First.Add).Where(day => day.From < from.AddDays(1) && day.Until > from);
    }
}
