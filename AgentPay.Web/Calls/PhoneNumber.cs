using System.Text.RegularExpressions;

namespace AgentPay.Web.Calls;

/// <summary>Telephone numbers as Twilio writes them: in E.164, and as the user of a SIP URI.</summary>
internal static partial class PhoneNumber
{
    public const string E164Pattern = @"\+[1-9][0-9]{1,14}";

    private const int LongestUri = 512;

    public static bool IsE164(string? text) => text is not null && E164().IsMatch(text);

    /// <summary>Whether the address is on the telephone network: a number, or <c>anonymous</c> and its like, but not <c>sip:</c> or <c>client:</c>.</summary>
    public static bool IsTelephone(string? address) => !string.IsNullOrEmpty(address) && !address.Contains(':');

    /// <summary>
    /// The number in a SIP URI (<c>sip:+61400000000;phone-context=x@example.com;transport=tls?X-A=b</c>), in E.164. A missing plus sign is added
    /// to 7 to 15 digits that do not begin with 0, as no country code does. Null when the URI holds no such number.
    /// </summary>
    public static string? OfSip(string? uri)
    {
        if (UserOf(uri) is not { } user) return null;
        if (BareDigits().IsMatch(user)) user = "+" + user;
        return IsE164(user) ? user : null;
    }

    /// <summary>The user part of a SIP URI, unescaped; null when the text is no SIP URI with a user.</summary>
    public static string? UserOf(string? uri) =>
        uri is { Length: <= LongestUri } && SipUri().Match(uri) is { Success: true } match ? Uri.UnescapeDataString(match.Groups["user"].Value) : null;

    [GeneratedRegex($@"^{E164Pattern}\z")]
    private static partial Regex E164();

    [GeneratedRegex(@"^[1-9][0-9]{6,14}\z")]
    private static partial Regex BareDigits();

    [GeneratedRegex(@"^sips?:(?<user>[^@;?]+)(;[^@?]*)?@[^@?]+(\?.*)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex SipUri();
}
