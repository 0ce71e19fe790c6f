using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Phone;

/// <summary>The number of a handset as people write it.</summary>
internal static class HandsetNumber
{
    public const string Default = "+61400000000";

    /// <summary>In E.164; null when the text is no number with its country code. Blanks, hyphens, dots and brackets do not count.</summary>
    public static string? Read(string text)
    {
        // A plus sign that was not escaped arrives as a blank.
        var written = text.StartsWith(' ') ? "+" + text.TrimStart().TrimStart('+') : text;
        var number = string.Concat(written.Where(c => !" -.()".Contains(c)));
        return E164Number.IsE164(number) ? number : null;
    }

    /// <summary>Another handset, for a second customer beside the first.</summary>
    public static string After(string number)
    {
        var last = number[^1] == '9' ? '0' : (char)(number[^1] + 1);
        return number[..^1] + last;
    }
}
