namespace AgentPay.Web;

/// <summary>
/// Checks and cleans untrusted text, such as a description or a caller's number, before people read it. Control characters could forge
/// log lines. Characters that change the writing direction could disguise the text around them (unicode.org/reports/tr36, 3.4).
/// </summary>
internal static class OneLine
{
    private const int Longest = 300;

    public static bool Is(string text) => !text.Any(IsHidden);

    /// <summary>Replaces each of these characters with a question mark, and truncates the text.</summary>
    public static string Of(string text, int longest = Longest)
    {
        var line = string.Concat(text.Take(longest).Select(c => IsHidden(c) ? '?' : c));
        return text.Length > longest ? line + '…' : line;
    }

    // Control characters, line and paragraph separators, and direction embeddings, overrides and isolates. Direction marks (U+200E, U+200F)
    // are allowed: they occur in Hebrew and Arabic text.
    private static bool IsHidden(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
