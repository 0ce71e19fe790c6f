using System.Diagnostics.CodeAnalysis;
using AgentPay.Web.Calls;

namespace AgentPay.Web.Components.Calls;

/// <summary>Telephone numbers as people read them: the country's code, then groups of three or four digits. Not each country's own way, but the same for all.</summary>
internal static class Telephone
{
    private const char NoBreak = '\u00a0';
    private const int LongestAddress = 60;

    /// <summary>What Twilio writes for a caller who hides their number: in words, or in words on a keypad (+266696687 is ANONYMOUS).</summary>
    private static readonly HashSet<string> Withheld = new(StringComparer.OrdinalIgnoreCase)
    {
        "anonymous", "restricted", "blocked", "private", "unknown", "unavailable",
        "+266696687", "+7378742833", "+2562533", "+8566696", "+86282452253",
    };

    /// <summary>Where a country's code has two digits; 1 and 7 stand alone, and all others have three.</summary>
    private static readonly HashSet<string> TwoDigits =
    [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58",
        "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];

    public static bool IsWithheld(string? address) => address is not null && Withheld.Contains(address);

    /// <summary>The number in groups, <c>+61 400 000 000</c>; an address that holds no number as it stands.</summary>
    public static string Show(string address) => TryGroup(address, out var groups) ? string.Join(NoBreak, groups) : Shortened(address);

    /// <summary>Digit by digit, with a pause after each group; a screen reader would make millions of it.</summary>
    public static string Spoken(string address) => TryGroup(address, out var groups) ? string.Join(", ", groups.Select(group => string.Join(' ', group.ToCharArray()))) : Shortened(address);

    private static bool TryGroup(string address, [NotNullWhen(true)] out List<string>? groups)
    {
        groups = null;
        var number = PhoneNumber.IsE164(address) ? address : PhoneNumber.OfSip(address);
        if (number is null) return false;
        var code = number[1] is '1' or '7' ? 1 : TwoDigits.Contains(number[1..Math.Min(3, number.Length)]) ? 2 : 3;
        var rest = number.Length > 1 + code ? number[(1 + code)..] : "";
        groups = [number[..(number.Length - rest.Length)], .. Grouped(rest)];
        return true;
    }

    /// <summary>Threes; the last one or two are fours where threes do not come out even.</summary>
    private static IEnumerable<string> Grouped(string digits)
    {
        while (digits.Length > 0)
        {
            var length = digits.Length is 4 or 8 ? 4 : Math.Min(3, digits.Length);
            yield return digits[..length];
            digits = digits[length..];
        }
    }

    private static string Shortened(string address) => address.Length <= LongestAddress ? address : address[..LongestAddress] + "…";
}
