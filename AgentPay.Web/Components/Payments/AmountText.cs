using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentPay.Web.Components.Payments;

/// <summary>
/// Amounts as people type them in their own culture. Digits are grouped by threes or not at all: <c>12.50</c> typed where the point groups
/// is an error, and never 1250.
/// </summary>
public static class AmountText
{
    private const string Spaces = @"[\s\u00a0\u202f]";

    public static bool TryParse(string? text, CultureInfo culture, out decimal amount)
    {
        var format = culture.NumberFormat;
        var point = Regex.Escape(format.NumberDecimalSeparator);
        var group = string.IsNullOrWhiteSpace(format.NumberGroupSeparator) ? Spaces : format.NumberGroupSeparator is "'" or "’" ? "['’]" : Regex.Escape(format.NumberGroupSeparator);
        var match = Regex.Match(text?.Trim() ?? "", $@"^(?<whole>[0-9]+|[0-9]{{1,3}}(?:{group}[0-9]{{3}})+)(?:{point}(?<part>[0-9]+))?$");
        var digits = new string([.. match.Groups["whole"].Value.Where(char.IsAsciiDigit)]) + "." + match.Groups["part"].Value;
        amount = 0;
        return match.Success && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
    }

    /// <summary>As it is typed, without grouping.</summary>
    public static string Write(decimal? amount, CultureInfo culture) => amount?.ToString("0.00##", culture) ?? "";
}
