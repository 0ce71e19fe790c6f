using System.Globalization;
using AgentPay.Web.HistoryExport;

namespace AgentPay.Web.Components.Parts;

/// <summary>Formats times in the time zone of the viewer's browser and in their culture. Cascaded by the layout.</summary>
public sealed record ViewerClock(TimeZoneInfo Zone)
{
    public static ViewerClock Utc { get; } = new(TimeZoneInfo.Utc);

    /// <param name="zone">An IANA name, as browsers give it; an unknown one gives UTC.</param>
    public static ViewerClock Of(string? zone) => HistoryDay.TryFindZone(zone, out var known) ? new(known) : Utc;

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>The time of day, with seconds.</summary>
    public string Time(DateTimeOffset at) => Local(at).ToString("T", CultureInfo.CurrentCulture);

    /// <summary>Day and time, without seconds.</summary>
    public string DayAndTime(DateTimeOffset at) => Local(at).ToString("g", CultureInfo.CurrentCulture);
}
