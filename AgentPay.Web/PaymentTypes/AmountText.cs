using System.Globalization;

namespace AgentPay.Web.PaymentTypes;

/// <summary>The result of parsing a typed amount.</summary>
/// <param name="Amount">Null if the text is not an amount, or is ambiguous.</param>
/// <param name="Readings">Both possible amounts of an ambiguous text such as <c>1.234</c>, the larger first.</param>
public sealed record AmountText(decimal? Amount, (decimal Large, decimal Small)? Readings = null)
{
    private static readonly AmountText Invalid = new(null, null);

    /// <summary>
    /// Parses an amount in the notation of the culture, with the digits of any script. Text such as <c>1.234</c> is ambiguous: the
    /// separator may group thousands or precede decimals.
    /// </summary>
    /// <param name="decimals">
    /// The decimals of the currency. With three decimals, <c>1.234</c> is not ambiguous if the point is the decimal separator.
    /// </param>
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
        var isOneSeparator = separators.Count == 1 && last is '.' or ',';
        if (isOneSeparator && parts is [{ Length: <= 3 } whole, { Length: 3 }] && whole[0] != '0' && !(isPoint && decimals == 3))
            return Number(whole + parts[1], "") is { Amount: { } large } ? new(null, (large, large / 1000)) : Invalid;

        var grouped = isPoint ? parts[..^1] : parts;
        var between = isPoint ? separators[..^1] : separators;
        if (between.Any(c => c != between[0] || !groups.Contains(c))) return Invalid;
        if (!IsGrouped(grouped, culture.NumberFormat.NumberGroupSizes)) return Invalid;
        return Number(string.Concat(grouped), isPoint ? parts[^1] : "");
    }

    /// <summary>Formats an amount for an input field, without grouping.</summary>
    public static string Format(decimal? amount, CultureInfo culture) => amount?.ToString("0.00##", culture) ?? "";

    private static AmountText Number(string whole, string part) =>
        decimal.TryParse($"{whole}.{part}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? new(amount)
            : Invalid;

    // Converts digits of every script to ASCII, and all kinds of spaces and apostrophes to one each. Removes invisible format characters.
    private static string Normalize(string text) =>
        new([.. text.Trim().Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format).Select(Normalize)]);

    private static char Normalize(char c) =>
        CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit ? (char)('0' + digit)
        : char.IsWhiteSpace(c) ? ' '
        : c == '’' ? '\''
        : c;

    private static (string Points, string Groups) SeparatorsOf(NumberFormatInfo format)
    {
        // Arabic and Persian keyboards have the Arabic separators and the Latin ones.
        var isArabic = format.NumberDecimalSeparator == "٫";
        var points = Normalize(format.NumberDecimalSeparator + format.CurrencyDecimalSeparator) + (isArabic ? "." : "");
        var groups = Group(format.NumberGroupSeparator) + Group(format.CurrencyGroupSeparator) + (isArabic ? "," : "");
        return (points, groups.Replace(format.NumberDecimalSeparator, "", StringComparison.Ordinal));

        static string Group(string separator) => string.IsNullOrWhiteSpace(separator) ? " " : Normalize(separator);
    }

    // Groups have three digits, or the culture's sizes, such as 1,00,000 in India.
    private static bool IsGrouped(string[] groups, int[] sizes)
    {
        if (groups.Length == 1) return true;
        bool By(int size) => groups[0].Length <= size && groups[1..^1].All(group => group.Length == size) && groups[^1].Length == 3;
        return By(3) || (sizes is [3, 2] && By(2));
    }
}
