using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Phone;

// The number of a handset as a person writes it.
internal static class HandsetNumber
{
    public const string Default = "+61400000000";

    // Returns the number in E.164, ignoring spaces, hyphens, dots and brackets.
    // Returns null if the text is not a number with a country code.
    public static string? Read(string text)
    {
        // In a query, an unescaped plus sign means a space.
        var digits = text.StartsWith(' ') ? "+" + text.TrimStart().TrimStart('+') : text;
        var number = string.Concat(digits.Where(c => !" -.()".Contains(c)));
        return E164Number.IsE164(number) ? number : null;
    }

    // A different number, for a second customer.
    public static string Next(string number)
    {
        var last = number[^1] == '9' ? '0' : (char)(number[^1] + 1);
        return number[..^1] + last;
    }
}
