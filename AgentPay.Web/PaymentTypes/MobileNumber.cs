using PhoneNumbers;

namespace AgentPay.Web.PaymentTypes;

/// <summary>Numbers that can receive text messages.</summary>
public static class MobileNumber
{
    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>
    /// Returns the number in E.164. Ignores spaces, hyphens, dots and brackets. Null if the text has no country code, or not as many digits
    /// as numbers of its country. Twilio decides whether the number is a mobile.
    /// </summary>
    public static string? Read(string? text)
    {
        var typed = string.Concat((text ?? "").Where(character => !char.IsWhiteSpace(character) && !"-.()".Contains(character)));
        if (!typed.StartsWith('+') || !typed.Skip(1).All(char.IsAsciiDigit)) return null;
        return Parse(typed) is { } number && Numbers.IsPossibleNumber(number) ? Numbers.Format(number, PhoneNumberFormat.E164) : null;
    }

    /// <summary>Whether the number in E.164 is a mobile. In some countries, such as the USA, it may also be a landline.</summary>
    public static bool IsMobile(string? number) =>
        Parse(number) is { } parsed && Numbers.GetNumberType(parsed) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE;

    private static PhoneNumber? Parse(string? number)
    {
        try
        {
            return number is ['+', ..] ? Numbers.Parse(number, null) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
