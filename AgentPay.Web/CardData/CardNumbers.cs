using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace AgentPay.Web.CardData;

/// <summary>The kind of a text, which decides how its digits are interpreted.</summary>
public enum TextKind
{
    /// <summary>Free text, such as a description, a reference or the field of a callback.</summary>
    Any,

    /// <summary>A code of the payment gateway. It is never masked, because refunds need it.</summary>
    GatewayCode,

    /// <summary>
    /// A telephone number, a SIP address or a PBX's id of a call. Up to 15 digits count as a telephone number, even without a plus.
    /// </summary>
    Address,
}

/// <summary>
/// Finds and masks card numbers in untrusted text. A card number matches a brand (<see cref="CardBrands"/>) and has the check digit of
/// ISO/IEC 7812-1. Its digits may be in groups, separated by up to three characters that are neither letters nor digits. They may be
/// percent-encoded, and other numbers may precede or follow them. No input makes the methods throw.
/// </summary>
/// <remarks>
/// One number in ten has the right check digit by chance, and a mask in the wrong place breaks a call or a reference.
/// These are therefore never masked:
/// <list type="bullet">
/// <item>8 to 15 digits after a plus sign: a telephone number (E.164), with or without separators. PBXs omit the plus, so it is optional
/// in a <see cref="TextKind.Address"/>.</item>
/// <item>Digits of an identifier: a UUID, a SID, or 32, 40 or 64 hexadecimal digits on their own (ids of payments, traces, hashes).</item>
/// <item>20 or more digits without a separator, such as Avaya's UCID.</item>
/// <item>Numbers that match no brand: an IMEI, a bank's giro reference, most order numbers.</item>
/// <item>Masked numbers such as <c>xxxxxxxxxxxx1111</c>.</item>
/// </list>
/// UnionPay issues some numbers under 62 without a valid check digit. They are masked if their groups have at least four digits each.
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

    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdef");

    public static bool AreIn(string? text, TextKind kind = TextKind.Any) => text is not null && Find(text, kind).Count > 0;

    /// <summary>Whether the text contains a card number that <see cref="Mask"/> has masked.</summary>
    public static bool AreMaskedIn(string? text) => text is not null && Masked().IsMatch(text);

    /// <summary>Replaces all but the last four digits of each card number with an x. Returns the same instance if there is none.</summary>
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

    private static List<CardCharacter[]> Find(string text, TextKind kind)
    {
        List<CardCharacter[]> found = [];
        if (kind == TextKind.GatewayCode || IsSid(text) || !HasEnoughDigits(text)) return found;
        var identifiers = Identifiers().Matches(text).Select(match => (match.Index, match.Length));
        foreach (var groups in CardRuns.Of(text, identifiers)) AddCards(found, groups, kind);
        return found;
    }

    // Most texts end here, without a scan of their characters. Each half of a surrogate pair counts as a digit, as some pairs are digits.
    private static bool HasEnoughDigits(string text)
    {
        if (text.Length < CardBrands.ShortestNumber) return false;
        var digits = 0;
        foreach (var character in text)
        {
            if (character == '%') return true;
            if (char.IsDigit(character) || char.IsSurrogate(character)) digits++;
        }
        return digits >= CardBrands.ShortestNumber;
    }

    // Whether the whole text is one of Twilio's SIDs, which Identifiers matches too.
    private static bool IsSid(string text)
    {
        const int length = 34;
        if (text.Length != length || !char.IsAsciiLetterUpper(text[0]) || !char.IsAsciiLetterUpper(text[1])) return false;
        return text.AsSpan(2).IndexOfAnyExcept(HexadecimalDigits) < 0;
    }

    // Finds the card numbers in consecutive groups. A card number never starts or ends within a group.
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

    // Returns the longest card number that starts with the group, and its number of groups.
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

    /// <param name="before">All groups of the number except the last.</param>
    private static bool IsCard(List<CardCharacter> number, List<CardCharacter[]> before)
    {
        Span<int> digits = stackalloc int[number.Count];
        for (var i = 0; i < digits.Length; i++) digits[i] = number[i].Digit;
        if (!CardBrands.AnyMatches(digits)) return false;
        return HasCheckDigit(digits)
            || (CardBrands.MayLackCheckDigit(digits) && before.TrueForAll(group => group.Length >= ShortestUncheckedGroup));
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
