namespace AgentPay.Web.Security;

/// <summary>
/// Text from outside, such as a description or a caller's number, on one line: without characters that make a second line or change the
/// direction of writing, which would change what the text beside it says (unicode.org/reports/tr36, 3.4).
/// </summary>
internal static class OneLine
{
    private const int Longest = 300;

    public static bool Is(string text)
    {
        foreach (var character in text)
            if (IsHidden(character)) return false;
        return true;
    }

    /// <summary>
    /// For the log: cut to <paramref name="longest"/> characters, with a question mark in place of each hidden character.
    /// </summary>
    public static string Of(string text, int longest = Longest)
    {
        if (text.Length <= longest && Is(text)) return text;
        var line = string.Concat(text.Take(longest).Select(c => IsHidden(c) ? '?' : c));
        return text.Length > longest ? line + '…' : line;
    }

    /// <summary>
    /// Controls, the line and paragraph separators, and what embeds, overrides or isolates a direction. Marks of a direction (U+200E,
    /// U+200F) belong to Hebrew and Arabic text.
    /// </summary>
    private static bool IsHidden(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
