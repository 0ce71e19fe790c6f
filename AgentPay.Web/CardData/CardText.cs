using System.Buffers;
using System.Globalization;
using System.Text;

namespace AgentPay.Web.CardData;

/// <summary>One decoded character, with its position and length in the original text.</summary>
/// <param name="Digit">0 to 9 in any script; -1 for anything else.</param>
internal readonly record struct CardCharacter(Rune Value, int Digit, int Start, int Length)
{
    public bool IsDigit => Digit >= 0;

    /// <summary>True for spaces, punctuation and invisible characters.</summary>
    public bool IsSeparator => !IsDigit && !Rune.IsLetterOrDigit(Value);
}

/// <summary>Decodes a text into characters. Percent-encoding is decoded, even if it was applied more than once.</summary>
internal static class CardText
{
    public static List<CardCharacter> Read(string text)
    {
        var characters = new List<CardCharacter>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var (value, length) = Encoded(text.AsSpan(at)) is (_, > 0) encoded ? encoded : Plain(text.AsSpan(at));
            var digit = value.Value <= char.MaxValue
                ? CharUnicodeInfo.GetDecimalDigitValue((char)value.Value)
                : (int)CharUnicodeInfo.GetNumericValue(value.ToString(), 0);
            characters.Add(new(value, digit is >= 0 and <= 9 && Rune.IsDigit(value) ? digit : -1, at, length));
            at += length;
        }
        return characters;
    }

    // A surrogate without its pair counts as one character.
    private static (Rune Value, int Length) Plain(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out var value, out var length);
        return (value, length);
    }

    // Reads a character of one to four escaped UTF-8 bytes, or one escaped byte that is not UTF-8. The length is 0 if the text does not
    // start with an escape.
    private static (Rune Value, int Length) Encoded(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[4];
        var (length, first) = (0, Escape(text, out _));
        for (var count = 0; count < bytes.Length && Escape(text[length..], out bytes[count]) is > 0 and var escaped; count++)
        {
            length += escaped;
            if (Rune.DecodeFromUtf8(bytes[..(count + 1)], out var value, out _) == OperationStatus.Done) return (value, length);
        }
        return first > 0 ? (Rune.ReplacementChar, first) : default;
    }

    // Returns the length of an escaped byte such as %20, %2520 or %252520; 0 if there is none.
    private static int Escape(ReadOnlySpan<char> text, out byte value)
    {
        value = 0;
        if (text is not ['%', ..]) return 0;
        var at = 1;
        while (text[at..] is ['2', '5', var high, var low, ..] && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low)) at += 2;
        var isEscape = text.Length >= at + 2
            && byte.TryParse(text.Slice(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        return isEscape ? at + 2 : 0;
    }
}
