using System.Globalization;

namespace AgentPay.Web.PaymentTypes;

/// <summary>An amount as it was typed.</summary>
/// <param name="Amount">Null when the text is not an amount, or has two readings.</param>
/// <param name="Readings">Both readings of an ambiguous text such as <c>1.234</c>, the larger first.</param>
public sealed record AmountText(decimal? Amount, (decimal Large, decimal Small)? Readings = null)
{
    private static readonly AmountText Invalid = new(null, null);

    /// <summary>
    /// Reads an amount in the notation of the culture, in any script. A text that could mean a thousand times or a thousandth of the amount
    /// is not read as either.
    /// </summary>
    /// <param name="decimals">Those of the currency: with three of them, <c>1.234</c> is not ambiguous where the point is the decimal separator.</param>
    public static AmountText Parse(string? text, CultureInfo culture, int decimals)
    {
        var typed = Normalize(text ?? "");
        var separators = typed.Where(c => !char.IsAsciiDigit(c)).ToList();
        var parts = typed.Split([.. separators]);
        if (parts.Any(part => part.Length == 0)) return Invalid;
        if (separators.Count == 0) return Number(typed, "");

        var (points, groups) = SeparatorsOf(culture.NumberFormat);
        var (last, isPoint) = (separators[^1], points.Contains(separators[^1]));
        if (!isPoint && !groups.Contains(last)) return Invalid;
        if (separators.Count == 1 && last is '.' or ',' && parts is [{ Length: <= 3 } whole, { Length: 3 }] && whole[0] != '0' && !(isPoint && decimals == 3))
            return Number(whole + parts[1], "") is { Amount: { } large } ? new(null, (large, large / 1000)) : Invalid;

        var grouped = isPoint ? parts[..^1] : parts;
        var between = isPoint ? separators[..^1] : separators;
        if (between.Any(c => c != between[0] || !groups.Contains(c)) || !IsGrouped(grouped, culture.NumberFormat.NumberGroupSizes)) return Invalid;
        return Number(string.Concat(grouped), isPoint ? parts[^1] : "");
    }

    /// <summary>Formats an amount as it is typed, without grouping.</summary>
    public static string Format(decimal? amount, CultureInfo culture) => amount?.ToString("0.00##", culture) ?? "";

    private static AmountText Number(string whole, string part) =>
        decimal.TryParse($"{whole}.{part}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? new(amount) : Invalid;

    /// <summary>Digits of every script become ASCII, all spaces and apostrophes one character each; invisible marks are removed.</summary>
    private static string Normalize(string text) => new([.. text.Trim()
        .Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format)
        .Select(c => CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit ? (char)('0' + digit) : char.IsWhiteSpace(c) ? ' ' : c == '’' ? '\'' : c)]);

    private static (string Points, string Groups) SeparatorsOf(NumberFormatInfo format)
    {
        // In Arabic and Persian, people type the Arabic separators as well as those of their keyboard.
        var isArabic = format.NumberDecimalSeparator == "٫";
        var points = Normalize(format.NumberDecimalSeparator + format.CurrencyDecimalSeparator) + (isArabic ? "." : "");
        var groups = string.Concat(new[] { format.NumberGroupSeparator, format.CurrencyGroupSeparator }.Select(s => string.IsNullOrWhiteSpace(s) ? " " : Normalize(s)));
        return (points, (groups + (isArabic ? "," : "")).Replace(format.NumberDecimalSeparator, "", StringComparison.Ordinal));
    }

    /// <summary>In threes, or as the culture groups, such as <c>1,00,000</c> in India.</summary>
    private static bool IsGrouped(string[] groups, int[] sizes)
    {
        if (groups.Length == 1) return true;
        bool By(int size) => groups[0].Length <= size && groups[1..^1].All(group => group.Length == size) && groups[^1].Length == 3;
        return By(3) || (sizes is [3, 2] && By(2));
    }
}
