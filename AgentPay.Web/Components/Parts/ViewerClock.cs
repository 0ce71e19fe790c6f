using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AgentPay.Web.Components.Parts;

/// <summary>Formats times in the time zone of the viewer's browser and in their culture. Cascaded by the layout.</summary>
public sealed record ViewerClock(TimeZoneInfo Zone)
{
    public static ViewerClock Utc { get; } = new(TimeZoneInfo.Utc);

    /// <param name="zone">An IANA name, as browsers give it; an unknown one gives UTC.</param>
    public static ViewerClock Of(string? zone) => TryFindZone(zone, out var known) ? new(known) : Utc;

    /// <summary>Finds a time zone by an untrusted name. Zones are files, so a name that could be a path is refused.</summary>
    public static bool TryFindZone([NotNullWhen(true)] string? name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        return !string.IsNullOrEmpty(name) && char.IsAsciiLetter(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>The time of day, with seconds.</summary>
    public string Time(DateTimeOffset at) => Local(at).ToString("T", CultureInfo.CurrentCulture);

    /// <summary>Day and time, without seconds.</summary>
    public string DayAndTime(DateTimeOffset at) => Local(at).ToString("g", CultureInfo.CurrentCulture);
}
