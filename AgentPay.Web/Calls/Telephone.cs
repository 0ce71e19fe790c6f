using System.Text.RegularExpressions;
using PhoneNumbers;

namespace AgentPay.Web.Calls;

/// <summary>Telephone numbers as people read them: international format, grouped by the rules of their country.</summary>
internal static partial class Telephone
{
    private const char NoBreak = '\u00a0';
    private const int LongestAddress = 60;

    /// <summary>The number in groups, <c>+61 400 000 000</c>; an address without a number is shown as it is.</summary>
    public static string Show(string address) =>
        NumberIn(address) is { } number ? string.Join(NoBreak, GroupsOf(number)) : Shortened(address);

    /// <summary>Digit by digit, with a pause after each group. Screen readers would read the number as millions.</summary>
    public static string Spoken(string address) => NumberIn(address) is { } number
        ? string.Join(", ", GroupsOf(number).Select(group => string.Join(' ', group.ToCharArray())))
        : Shortened(address);

    private static string? NumberIn(string address) => PhoneNumber.IsE164(address) ? address : PhoneNumber.OfSip(address);

    private static string[] GroupsOf(string number)
    {
        try
        {
            var util = PhoneNumberUtil.GetInstance();
            var groups = Separators().Split(util.Format(util.Parse(number, null), PhoneNumberFormat.INTERNATIONAL));
            // The library drops digits that do not belong to a valid number, such as a trunk prefix. The screen shows every digit.
            return string.Concat(groups) == number ? groups : [number];
        }
        catch (NumberParseException)
        {
            return [number];
        }
    }

    private static string Shortened(string address) => address.Length <= LongestAddress ? address : address[..LongestAddress] + "…";

    [GeneratedRegex("[^0-9+]+")]
    private static partial Regex Separators();
}
