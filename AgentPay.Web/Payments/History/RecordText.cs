using AgentPay.Web.CardData;

namespace AgentPay.Web.Payments;

/// <summary>
/// Shortens and masks texts of history records. A usual record stays under 1 KiB, because Sync limits larger data to fewer requests.
/// </summary>
internal static class RecordText
{
    private const int VisibleDigits = 3;
    private const int MinDigits = 6;

    /// <summary>How many characters the names and values of all outputs may have together.</summary>
    private const int OutputsLength = 300;

    /// <summary>Returns one line of at most <paramref name="longest"/> characters without card numbers.</summary>
    public static string? Short(string? text, int longest) =>
        string.IsNullOrWhiteSpace(text) ? null : OneLine.Of(CardNumbers.Mask(text), longest);

    /// <summary>Returns the outputs that fit, in the order of their names; null when there are none.</summary>
    public static IReadOnlyDictionary<string, string>? Fitting(IReadOnlyDictionary<string, string>? outputs)
    {
        if (outputs is null) return null;
        var (fitting, length) = (new SortedDictionary<string, string>(StringComparer.Ordinal), 0);
        foreach (var (name, value) in outputs.OrderBy(output => output.Key, StringComparer.Ordinal))
        {
            var (shortName, shortValue) = (Short(name, OutputsLength) ?? "", Short(value, OutputsLength) ?? "");
            length += shortName.Length + shortValue.Length;
            if (length > OutputsLength) break;
            fitting[shortName] = shortValue;
        }
        return fitting;
    }

    /// <summary>Returns asterisks and the last three digits, as the log has them.</summary>
    public static string Mask(string number)
    {
        var digits = number.Where(char.IsAsciiDigit).ToArray();
        return digits.Length < MinDigits ? "***" : "***" + new string(digits[^VisibleDigits..]);
    }
}
