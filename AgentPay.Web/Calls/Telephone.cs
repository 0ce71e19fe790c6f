using System.Text.RegularExpressions;
using PhoneNumbers;

namespace AgentPay.Web.Calls;

/// <summary>Formats telephone numbers for people, in international format and with the grouping of their country.</summary>
internal static partial class Telephone
{
    private const char NoBreak = '\u00a0';
    private const int MaxAddressLength = 60;

    /// <summary>Returns the number in groups, such as <c>+61 400 000 000</c>. An address without a number is only shortened.</summary>
    public static string Show(string address) =>
        NumberIn(address) is { } number ? string.Join(NoBreak, GroupsOf(number)) : Shortened(address);

    /// <summary>Returns the number as single digits with a comma after each group. Screen readers would read groups as millions.</summary>
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
            // The library removes digits that are not part of a valid number, such as a trunk prefix. The screen must show all digits.
            return string.Concat(groups) == number ? groups : [number];
        }
        catch (NumberParseException)
        {
            return [number];
        }
    }

    private static string Shortened(string address) => address.Length <= MaxAddressLength ? address : address[..MaxAddressLength] + "…";

    [GeneratedRegex("[^0-9+]+")]
    private static partial Regex Separators();
}
