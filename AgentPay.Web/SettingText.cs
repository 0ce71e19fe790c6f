using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentPay.Web;

/// <summary>Parses one value of the configuration, the same in every culture.</summary>
internal static partial class SettingText
{
    private const NumberStyles Integer = NumberStyles.AllowLeadingSign;
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private static readonly Dictionary<string, bool> Flags = new(StringComparer.OrdinalIgnoreCase)
    {
        ["true"] = true, ["yes"] = true, ["false"] = false, ["no"] = false,
    };

    /// <summary>Returns the value as an object of the type; null if it cannot be parsed.</summary>
    public static object? Read(string text, Type type) =>
        type == typeof(string) ? text
        : type == typeof(bool) ? Flags.TryGetValue(text.Trim(), out var flag) ? flag : null
        : type == typeof(int) ? int.TryParse(text.Trim(), Integer, CultureInfo.InvariantCulture, out var number) ? number : null
        : type == typeof(decimal) ? decimal.TryParse(text.Trim(), Decimal, CultureInfo.InvariantCulture, out var amount) ? amount : null
        : type == typeof(TimeSpan) ? Duration(text.Trim())
        : type.IsEnum ? Member(text, type)
        : throw new ArgumentOutOfRangeException(nameof(type), type, "Settings of this type are not supported.");

    /// <summary>Describes the values that <see cref="Read"/> accepts, for an error message.</summary>
    public static string Accepted(Type type) =>
        type == typeof(bool) ? "true, false, yes or no"
        : type == typeof(int) ? "a whole number such as 5"
        : type == typeof(decimal) ? "a number such as 500 or 500.50"
        : type == typeof(TimeSpan) ? "seconds such as 10 or 10s, minutes such as 5m, or hours, minutes and seconds such as 00:00:10"
        : type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName))
        : "text";

    // A number without a unit is in seconds, as in Twilio's parameters. The framework would read it as days.
    private static TimeSpan? Duration(string text)
    {
        if (NumberAndUnit().Match(text) is { Success: true } match)
        {
            var number = int.Parse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
            return match.Groups["unit"].Value is "m" or "M" ? TimeSpan.FromMinutes(number) : TimeSpan.FromSeconds(number);
        }
        return text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;
    }

    // Accepts Twilio's one-time, and also OneTime and one_time.
    private static object? Member(string text, Type type)
    {
        var letters = text.Trim().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        var name = Enum.GetNames(type).FirstOrDefault(name => name.Equals(letters, StringComparison.OrdinalIgnoreCase));
        return name is null ? null : Enum.Parse(type, name);
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,9}) ?(?<unit>[smSM]?)\z")]
    private static partial Regex NumberAndUnit();
}
