namespace AgentPay.Web.Calls;

/// <summary>
/// Detects a caller with a hidden number. Twilio writes words such as ANONYMOUS as the digits of a telephone keypad:
/// help.twilio.com/articles/223179988.
/// </summary>
public static class WithheldNumber
{
    // Anonymous, unavailable, unknown (two spellings), restricted, blocked, private (two spellings), info.
    private static readonly HashSet<string> Digits =
        ["266696687", "86282452253", "8656696", "8566696", "7378742833", "2562533", "7748283", "774824", "464"];

    private static readonly char[] WordEnds = [' ', '@', ';', '.'];

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "anonymous", "unavailable", "unknown", "restricted", "private", "withheld", "blocked", "hidden",
    };

    /// <summary>
    /// Returns true when the number is missing, begins with a word such as <c>anonymous</c>, or consists of the digits of such a word. The
    /// user part of a SIP URI is checked in the same way.
    /// </summary>
    public static bool Is(string? number)
    {
        var text = (PhoneNumber.UserOf(number) ?? number)?.Trim().TrimStart('+');
        return string.IsNullOrEmpty(text) || Digits.Contains(text) || Words.Contains(text.Split(WordEnds)[0]);
    }
}
