using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentPay.Web.CardData;

/// <summary>What kind of text it is, which decides what a run of digits in it may be.</summary>
public enum TextKind
{
    /// <summary>Anything: a description, a reference, a callback's field.</summary>
    Any,

    /// <summary>A telephone number, a SIP address, or what a PBX knows a call by: 15 digits or fewer are a telephone number, with or without a plus sign.</summary>
    Address,
}

/// <summary>
/// Finds card numbers in text that came from outside: 13 to 19 digits with the check digit of ISO/IEC 7812-1, alone or in groups with one
/// space or dash between them, with whatever stands before and after. Pure; nothing that can be sent makes it throw.
/// </summary>
/// <remarks>
/// One run of digits in ten has the right check digit by chance, and a mask in the wrong place breaks a call or loses a payment's
/// confirmation. So these are never taken for cards:
/// <list type="bullet">
/// <item>15 digits or fewer after a plus sign: a telephone number (E.164), in groups or not. A card is never written with a plus.
/// In a <see cref="TextKind.Address"/> the plus may be missing, as PBXs leave it out.</item>
/// <item>Digits in an identifier: 32, 40 or 64 hexadecimal digits by themselves (a SID, whose two letters go before them; ids of payments,
/// traces and hashes), or a UUID.</item>
/// <item>20 digits and more without a gap, such as Avaya's UCID.</item>
/// <item>What no card brand begins with: Unix times (1…), most order and gateway numbers (7, 8, 9 but for RuPay, UnionPay and Troy), and
/// lengths that a brand does not have (a date and time in 14 or 17 digits). See <see cref="HasBrand"/>.</item>
/// <item>What is masked already: <c>xxxxxxxxxxxx1111</c>.</item>
/// </list>
/// A token or a confirmation code of 13 to 19 digits that reads as a card in all of this is masked like one: it cannot be told from one.
/// </remarks>
public static partial class CardNumbers
{
    private const int Shortest = 13;
    private const int Longest = 19;
    private const int LongestTelephone = 15;
    private const int Shown = 4;
    private const char Hidden = 'x';
    private const string Uuid = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private const string Hexadecimal = "(?:[A-Z]{2})?[0-9a-f]{32}|[0-9A-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}";

    public static bool AreIn(string? text, TextKind kind = TextKind.Any) => text is not null && Find(text, kind).Count > 0;

    /// <summary>Whether the text holds what <see cref="Mask"/> leaves of a card number.</summary>
    public static bool AreMaskedIn(string? text) => text is not null && Masked().IsMatch(text);

    /// <summary>The text with an x for each digit of a card number but the last four; the same text when there is none.</summary>
    public static string Mask(string text, TextKind kind = TextKind.Any)
    {
        var found = Find(text, kind);
        if (found.Count == 0) return text;
        var characters = text.ToCharArray();
        foreach (var number in found)
            foreach (var at in number[..^Shown]) characters[at] = Hidden;
        return new(characters);
    }

    /// <summary>Where the digits of each card number are.</summary>
    private static List<int[]> Find(string text, TextKind kind)
    {
        List<int[]> found = [];
        if (text.Length < Shortest) return found;
        foreach (Match match in Runs().Matches(text))
        {
            if (match.Groups["id"].Success) continue;
            var groups = GroupsOf(match);
            if (!IsTelephone(text, match.Index, groups)) AddCards(found, text, groups, kind);
        }
        return found;
    }

    /// <summary>A plus sign right before, and no more digits in all than a telephone number has.</summary>
    private static bool IsTelephone(string text, int start, List<int[]> groups) =>
        start > 0 && text[start - 1] == '+' && groups.Sum(group => group.Length) <= LongestTelephone;

    /// <summary>Positions of the digits, by group: a new one begins after each space or dash.</summary>
    private static List<int[]> GroupsOf(Match run)
    {
        List<int[]> groups = [];
        List<int> group = [];
        for (var i = 0; i <= run.Length; i++)
        {
            if (i < run.Length && char.IsDigit(run.ValueSpan[i]))
            {
                group.Add(run.Index + i);
                continue;
            }
            groups.Add([.. group]);
            group.Clear();
        }
        return groups;
    }

    /// <summary>Whole groups one after another that make a card number: other numbers may stand before and after them.</summary>
    private static void AddCards(List<int[]> found, string text, List<int[]> groups, TextKind kind)
    {
        for (var first = 0; first < groups.Count;)
        {
            if (CardFrom(text, groups, first, kind) is not (int[] number, int count))
            {
                first++;
                continue;
            }
            found.Add(number);
            first += count;
        }
    }

    /// <summary>The longest card number that begins with a group, and of how many groups it is.</summary>
    private static (int[] Number, int Groups)? CardFrom(string text, List<int[]> groups, int first, TextKind kind)
    {
        (int[], int)? card = null;
        List<int> number = [];
        for (var next = first; next < groups.Count && number.Count + groups[next].Length <= Longest; next++)
        {
            number.AddRange(groups[next]);
            if (number.Count >= ShortestIn(kind) && IsCard(text, number)) card = ([.. number], next - first + 1);
        }
        return card;
    }

    private static int ShortestIn(TextKind kind) => kind == TextKind.Address ? LongestTelephone + 1 : Shortest;

    private static bool IsCard(string text, List<int> positions)
    {
        Span<int> digits = stackalloc int[positions.Count];
        for (var i = 0; i < digits.Length; i++) digits[i] = CharUnicodeInfo.GetDecimalDigitValue(text[positions[i]]);
        return HasBrand(digits) && HasCheckDigit(digits);
    }

    /// <summary>
    /// Visa 4 (13, 16, 19), Diners Club 3 (14 and more), Amex and JCB 3, enRoute and JCB 2 (15), Mastercard 2 and 5, Mir 2 (16, 19), Maestro 5 and 6
    /// (from 13 on), Discover and UnionPay 6, RuPay and UnionPay 81 and 82, Troy 9792.
    /// </summary>
    private static bool HasBrand(ReadOnlySpan<int> digits) => digits switch
    {
        [4 or 5 or 6, ..] => true,
        [3, ..] => digits.Length >= 14,
        [2, ..] => digits.Length is 15 or 16 or 18 or 19,
        [8, 1 or 2, ..] or [9, 7, 9, 2, ..] => digits.Length >= 16,
        _ => false,
    };

    private static bool HasCheckDigit(ReadOnlySpan<int> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var doubled = i % 2 == 0 ? digits[^(i + 1)] : digits[^(i + 1)] * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /// <summary>Identifiers first, so that they are passed over as a whole; then runs of digits, in any script, with single spaces or dashes of any width.</summary>
    [GeneratedRegex($@"(?<![0-9A-Za-z])(?<id>{Uuid}|{Hexadecimal})(?![0-9A-Za-z])|\d(?:[\p{{Zs}}\p{{Pd}}]?\d){{12,}}", RegexOptions.CultureInvariant)]
    private static partial Regex Runs();

    [GeneratedRegex(@"x(?:[\p{Zs}\p{Pd}]?x){8,14}[\p{Zs}\p{Pd}]?\d(?:[\p{Zs}\p{Pd}]?\d){3}", RegexOptions.CultureInvariant)]
    private static partial Regex Masked();
}
