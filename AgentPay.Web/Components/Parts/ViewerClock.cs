using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AgentPay.Web.Components.Parts;

/// <summary>Times as the viewer reads them: in their browser's time zone, in their culture. Cascaded by the layout.</summary>
public sealed record ViewerClock(TimeZoneInfo Zone)
{
    public static ViewerClock Utc { get; } = new(TimeZoneInfo.Utc);

    /// <param name="zone">An IANA name, as browsers give it; one that is not known here means UTC.</param>
    public static ViewerClock Of(string? zone) => TryFindZone(zone, out var known) ? new(known) : Utc;

    /// <summary>A time zone by a name that came from outside. Zones are files, so nothing that could lead elsewhere is looked for.</summary>
    public static bool TryFindZone([NotNullWhen(true)] string? name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        return !string.IsNullOrEmpty(name) && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
    }

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary>The time of day, with seconds.</summary>
    public string Time(DateTimeOffset at) => Local(at).ToString("T", CultureInfo.CurrentCulture);

    /// <summary>Day and time, without seconds.</summary>
    public string DayAndTime(DateTimeOffset at) => Local(at).ToString("g", CultureInfo.CurrentCulture);
}
