using System.Globalization;
using AgentPay.Web.Components.Parts;

namespace AgentPay.Web.Components.History;

/// <summary>A day as the viewer's calendar has it. It is longer or shorter where the clocks change, and lies in two days of UTC as a rule.</summary>
public sealed record HistoryDay(DateOnly Date, TimeZoneInfo Zone)
{
    private const string Format = "yyyy-MM-dd";

    public DateTimeOffset From => Midnight(Date);

    public DateTimeOffset Until => Midnight(Date.AddDays(1));

    /// <summary>As it stands in URLs and file names.</summary>
    public string Name => Date.ToString(Format, CultureInfo.InvariantCulture);

    public static HistoryDay Today(ViewerClock viewer, DateTimeOffset now) => new(DateOnly.FromDateTime(viewer.Local(now).DateTime), viewer.Zone);

    /// <summary>The first day of which something may still be kept.</summary>
    public static HistoryDay Earliest(ViewerClock viewer, DateTimeOffset now, TimeSpan kept) => Today(viewer, now - kept);

    public static bool TryRead(string? name, TimeZoneInfo zone, out HistoryDay day)
    {
        var isDay = DateOnly.TryParseExact(name, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        day = new(date, zone);
        return isDay;
    }

    // Where the clocks go forward at midnight, the day begins later; where they go back over it, midnight comes twice and the day begins with the first.
    private DateTimeOffset Midnight(DateOnly date)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        return new(local, Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local));
    }
}
