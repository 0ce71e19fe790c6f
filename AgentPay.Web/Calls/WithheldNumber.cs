namespace AgentPay.Web.Calls;

/// <summary>
/// Recognises a caller who hides their number. Twilio writes words such as ANONYMOUS as the digits of a telephone's keypad:
/// help.twilio.com/articles/223179988.
/// </summary>
public static class WithheldNumber
{
    // Anonymous, unavailable, unknown (with and without its first letter's neighbour), restricted, private, info.
    private static readonly HashSet<string> Digits = ["266696687", "86282452253", "8656696", "8566696", "7378742833", "7748283", "774824", "464"];

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "anonymous", "unavailable", "unknown", "restricted", "private", "withheld", "blocked",
    };

    /// <summary>True for a missing number, for words and digits that stand for a hidden one, and for these as the user of a SIP URI.</summary>
    public static bool Is(string? number)
    {
        var text = (PhoneNumber.UserOf(number) ?? number)?.Trim().TrimStart('+');
        return string.IsNullOrEmpty(text) || Digits.Contains(text) || Words.Contains(text);
    }
}
