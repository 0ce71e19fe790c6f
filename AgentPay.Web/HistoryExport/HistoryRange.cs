namespace AgentPay.Web.HistoryExport;

/// <summary>A named range of days. Weeks begin on Monday (ISO 8601), so that all viewers get the same totals.</summary>
public enum RangePreset
{
    Today,
    Yesterday,
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,

    /// <summary>Days that were chosen one by one.</summary>
    Custom,
}

/// <summary>Why days are not a range of the history.</summary>
public enum RangeProblem
{
    None,
    NotADay,
    Reversed,
    TooLong,

    /// <summary>Before the first day that is kept, or in the future.</summary>
    Outside,
}

/// <summary>One or more whole days in the organisation's time zone.</summary>
public sealed record HistoryRange(HistoryDay First, HistoryDay Last, RangePreset Preset = RangePreset.Custom)
{
    /// <summary>A month fits. Reading more would take minutes for organisations with thousands of payments a day.</summary>
    public const int MostDays = 31;

    public DateTimeOffset From => First.From;

    public DateTimeOffset Until => Last.Until;

    public int Days => Last.Date.DayNumber - First.Date.DayNumber + 1;

    /// <summary>For file names: <c>2026-11-01</c> or <c>2026-11-01-to-2026-11-30</c>.</summary>
    public string Name => Days == 1 ? First.Name : $"{First.Name}-to-{Last.Name}";

    /// <summary>The range in words of the viewer's culture.</summary>
    public string Text => Days == 1 ? First.LongDate : $"{First.ShortDate} – {Last.ShortDate}";

    /// <param name="preset">Not <see cref="RangePreset.Custom"/>.</param>
    public static HistoryRange Of(RangePreset preset, HistoryDay today)
    {
        var monday = today.Add(-(((int)today.Date.DayOfWeek + 6) % 7));
        var month = today.Add(1 - today.Date.Day);
        var lastMonth = month with { Date = month.Date.AddMonths(-1) };
        return preset switch
        {
            RangePreset.Today => new(today, today, preset),
            RangePreset.Yesterday => new(today.Add(-1), today.Add(-1), preset),
            RangePreset.ThisWeek => new(monday, today, preset),
            RangePreset.LastWeek => new(monday.Add(-7), monday.Add(-1), preset),
            RangePreset.ThisMonth => new(month, today, preset),
            RangePreset.LastMonth => new(lastMonth, month.Add(-1), preset),
            _ => throw new ArgumentOutOfRangeException(nameof(preset)),
        };
    }

    /// <summary>Returns why the days are not a range; <see cref="RangeProblem.None"/> when they are.</summary>
    /// <param name="from">The first day, yyyy-MM-dd.</param>
    /// <param name="to">The last day, yyyy-MM-dd.</param>
    /// <param name="range">Valid if there is no problem.</param>
    public static RangeProblem TryRead(string? from, string? to, HistoryDay earliest, HistoryDay today, out HistoryRange range)
    {
        var areDays = HistoryDay.TryRead(from, today.Zone, out var first) & HistoryDay.TryRead(to, today.Zone, out var last);
        range = new(first, last);
        if (!areDays) return RangeProblem.NotADay;
        if (!first.IsIn(earliest, today) || !last.IsIn(earliest, today)) return RangeProblem.Outside;
        if (range.Days < 1) return RangeProblem.Reversed;
        return range.Days > MostDays ? RangeProblem.TooLong : RangeProblem.None;
    }
}
