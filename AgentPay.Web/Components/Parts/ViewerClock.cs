using System.Globalization;

namespace AgentPay.Web.Components.Parts;

/// <summary>Times as the viewer reads them: in their browser's time zone, in their culture. Cascaded by the layout.</summary>
public sealed record ViewerClock(TimeZoneInfo Zone)
{
    public static ViewerClock Utc { get; } = new(TimeZoneInfo.Utc);

    /// <param name="zone">An IANA name, as browsers give it; one that is not known here means UTC.</param>
    public static ViewerClock Of(string? zone) => zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? new(known) : Utc;

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>The time of day, with seconds.</summary>
    public string Time(DateTimeOffset at) => Local(at).ToString("T", CultureInfo.CurrentCulture);

    /// <summary>Day and time, without seconds.</summary>
    public string DayAndTime(DateTimeOffset at) => Local(at).ToString("g", CultureInfo.CurrentCulture);
}
