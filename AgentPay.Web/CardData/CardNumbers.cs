using System.Text;
using System.Text.RegularExpressions;

namespace AgentPay.Web.CardData;

/// <summary>What kind of text it is, which decides what a run of digits in it may be.</summary>
public enum TextKind
{
    /// <summary>Anything: a description, a reference, a callback's field.</summary>
    Any,

    /// <summary>A code of the payment gateway: kept whatever digits it has, as nobody can refund without it.</summary>
    GatewayCode,

    /// <summary>A telephone number, a SIP address, or what a PBX knows a call by: 15 digits or fewer are a telephone number, with or without a plus sign.</summary>
    Address,
}

/// <summary>
/// Finds card numbers in text that came from outside: digits that a card brand can have (<see cref="CardBrands"/>) with the check digit of ISO/IEC
/// 7812-1, alone or in groups with up to three characters between them that are neither letters nor digits, percent-encoded or not. Other numbers
/// may stand before and after. Pure; nothing that can be sent makes it throw.
/// </summary>
/// <remarks>
/// One run of digits in ten has the right check digit by chance, and a mask in the wrong place breaks a call or a reference. These are never taken
/// for cards:
/// <list type="bullet">
/// <item>8 to 15 digits after a plus sign: a telephone number (E.164), in groups or not. In a <see cref="TextKind.Address"/> the plus may be missing,
/// as PBXs leave it out.</item>
/// <item>Digits in an identifier: 32, 40 or 64 hexadecimal digits by themselves (a SID, whose two letters go before them; ids of payments,
/// traces and hashes), or a UUID.</item>
/// <item>20 digits and more without a gap, such as Avaya's UCID.</item>
/// <item>What no brand has by its first digits and its length: an IMEI, a bank's giro reference, most order numbers.</item>
/// <item>What is masked already: <c>xxxxxxxxxxxx1111</c>.</item>
/// </list>
/// UnionPay numbers that begin with 62 count without a valid check digit too, as UnionPay does not always use one, if they are written in one piece
/// or in groups of four digits and more.
/// </remarks>
public static partial class CardNumbers
{
    private const int ShortestInAddress = 16;
    private const int ShortestUncheckedGroup = 4;
    private const int Shown = 4;
    private const char Hidden = 'x';
    private const string Uuid = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private const string Hexadecimal = "(?:[A-Z]{2})?[0-9a-f]{32}|[0-9A-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}";
    private const string Separator = @"(?:(?:%[0-9A-Fa-f]{2})+|[^\p{L}\p{Nd}]){0,3}";

    public static bool AreIn(string? text, TextKind kind = TextKind.Any) => text is not null && Find(text, kind).Count > 0;

    /// <summary>Whether the text holds what <see cref="Mask"/> leaves of a card number.</summary>
    public static bool AreMaskedIn(string? text) => text is not null && Masked().IsMatch(text);

    /// <summary>The text with an x for each digit of a card number but the last four; the same text when there is none.</summary>
    public static string Mask(string text, TextKind kind = TextKind.Any)
    {
        var found = Find(text, kind);
        if (found.Count == 0) return text;
        var masked = new StringBuilder(text.Length);
        var at = 0;
        foreach (var digit in found.SelectMany(number => number[..^Shown]))
        {
            masked.Append(text, at, digit.Start - at).Append(Hidden);
            at = digit.Start + digit.Length;
        }
        return masked.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The digits of each card number, in their order.</summary>
    private static List<CardCharacter[]> Find(string text, TextKind kind)
    {
        List<CardCharacter[]> found = [];
        if (text.Length < CardBrands.ShortestNumber || kind == TextKind.GatewayCode) return found;
        var identifiers = Identifiers().Matches(text).Select(match => (match.Index, match.Length));
        foreach (var groups in CardRuns.Of(text, identifiers)) AddCards(found, groups, kind);
        return found;
    }

    /// <summary>Whole groups one after another that make a card number: other numbers may stand before and after them.</summary>
    private static void AddCards(List<CardCharacter[]> found, List<CardCharacter[]> groups, TextKind kind)
    {
        for (var first = 0; first < groups.Count;)
        {
            if (CardFrom(groups, first, kind) is not (CardCharacter[] number, int count))
            {
                first++;
                continue;
            }
            found.Add(number);
            first += count;
        }
    }

    /// <summary>The longest card number that begins with a group, and of how many groups it is.</summary>
    private static (CardCharacter[] Number, int Groups)? CardFrom(List<CardCharacter[]> groups, int first, TextKind kind)
    {
        (CardCharacter[], int)? card = null;
        List<CardCharacter> number = [];
        for (var next = first; next < groups.Count && number.Count + groups[next].Length <= CardBrands.LongestNumber; next++)
        {
            number.AddRange(groups[next]);
            var isLongEnough = number.Count >= (kind == TextKind.Address ? ShortestInAddress : CardBrands.ShortestNumber);
            if (isLongEnough && IsCard(number, groups[first..next])) card = ([.. number], next - first + 1);
        }
        return card;
    }

    /// <param name="before">The groups but the last.</param>
    private static bool IsCard(List<CardCharacter> number, List<CardCharacter[]> before)
    {
        Span<int> digits = stackalloc int[number.Count];
        for (var i = 0; i < digits.Length; i++) digits[i] = number[i].Digit;
        if (!CardBrands.Have(digits)) return false;
        return HasCheckDigit(digits) || (CardBrands.MayLackCheckDigit(digits) && before.TrueForAll(group => group.Length >= ShortestUncheckedGroup));
    }

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

    [GeneratedRegex($@"(?<![0-9A-Za-z])(?:{Uuid}|{Hexadecimal})(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Identifiers();

    [GeneratedRegex($@"x(?:{Separator}x){{7,14}}{Separator}\d(?:{Separator}\d){{3}}", RegexOptions.CultureInvariant)]
    private static partial Regex Masked();
}
