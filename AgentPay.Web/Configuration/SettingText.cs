using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentPay.Web.Configuration;

/// <summary>Reads one value of the configuration, trimmed, as people write it. The same in every culture.</summary>
internal static partial class SettingText
{
    private const string Durations =
        "seconds such as 10 or 10s, minutes such as 5m, hours, minutes and seconds such as 00:00:10, or with days such as 30.00:00:00";

    private static readonly Dictionary<string, bool> Flags =
        new(StringComparer.OrdinalIgnoreCase) { ["true"] = true, ["yes"] = true, ["false"] = false, ["no"] = false };

    /// <summary>The value as an object of the type; null when it cannot be read.</summary>
    public static object? Read(string text, Type type) =>
        type == typeof(string) ? text
        : type == typeof(bool) ? Flags.TryGetValue(text, out var flag) ? flag : null
        : type == typeof(int) ? Integer(text)
        : type == typeof(decimal) ? Decimal(text)
        : type == typeof(TimeSpan) ? Duration(text)
        : type.IsEnum ? Member(text, type)
        : throw new ArgumentOutOfRangeException(nameof(type), type, "Settings of this type are not read.");

    /// <summary>What <see cref="Read"/> takes, for a message.</summary>
    public static string Accepted(Type type) =>
        type == typeof(bool) ? "true, false, yes or no"
        : type == typeof(int) ? "a whole number such as 5"
        : type == typeof(decimal) ? "a number such as 500 or 500.50"
        : type == typeof(TimeSpan) ? Durations
        : type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName))
        : "text";

    private static int? Integer(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static decimal? Decimal(string text)
    {
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(text, styles, CultureInfo.InvariantCulture, out var amount) ? amount : null;
    }

    /// <summary>A number without a unit is seconds, as in Twilio's parameters; the framework would read it as days.</summary>
    private static TimeSpan? Duration(string text)
    {
        if (NumberAndUnit().Match(text) is { Success: true } match)
        {
            var number = int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            return match.Groups["unit"].Value is "m" or "M" ? TimeSpan.FromMinutes(number) : TimeSpan.FromSeconds(number);
        }
        return text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;
    }

    /// <summary>Twilio's <c>one-time</c>, also as <c>OneTime</c> or <c>one_time</c>.</summary>
    private static object? Member(string text, Type type) =>
        Enum.GetNames(type).FirstOrDefault(name => name.Equals(Letters(text), StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse(type, name)
            : null;

    private static string Letters(string text) =>
        text.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<number>[0-9]{1,9}) ?(?<unit>[smSM]?)\z")]
    private static partial Regex NumberAndUnit();
}
