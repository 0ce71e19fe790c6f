using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AgentPay.Web.HistoryExport;

/// <summary>
/// A day in the organisation's time zone. It lasts 23 or 25 hours when the clocks change, and usually overlaps two UTC days.
/// </summary>
public sealed record HistoryDay(DateOnly Date, TimeZoneInfo Zone)
{
    private const string Format = "yyyy-MM-dd";

    public DateTimeOffset From => Midnight(Date);

    public DateTimeOffset Until => Midnight(Date.AddDays(1));

    /// <summary>The date as yyyy-MM-dd, for URLs and file names.</summary>
    public string Name => Date.ToString(Format, CultureInfo.InvariantCulture);

    public string ShortDate => Date.ToString("d", CultureInfo.CurrentCulture);

    public string LongDate => Date.ToString("D", CultureInfo.CurrentCulture);

    public static HistoryDay Today(TimeZoneInfo zone, DateTimeOffset now) =>
        new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime), zone);

    /// <summary>Returns the first day whose payments may still be stored.</summary>
    public static HistoryDay Earliest(TimeZoneInfo zone, DateTimeOffset now, TimeSpan kept) => Today(zone, now - kept);

    public HistoryDay Add(int days) => this with { Date = Date.AddDays(days) };

    public bool IsIn(HistoryDay first, HistoryDay last) => Date >= first.Date && Date <= last.Date;

    public static bool TryRead(string? name, TimeZoneInfo zone, out HistoryDay day)
    {
        var isDay = DateOnly.TryParseExact(name, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        day = new(date, zone);
        return isDay;
    }

    /// <summary>Finds a time zone by an untrusted name. On Linux, zones are files, so a name that could be a path is refused.</summary>
    public static bool TryFindZone([NotNullWhen(true)] string? name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        return !string.IsNullOrEmpty(name) && char.IsAsciiLetter(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }

    // If the clocks go forward at midnight, the day starts later.
    // If they go back across midnight, midnight occurs twice, and the first one is used.
    private DateTimeOffset Midnight(DateOnly date)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        return new(local, Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local));
    }
}
