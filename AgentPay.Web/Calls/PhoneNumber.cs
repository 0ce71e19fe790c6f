using System.Text.RegularExpressions;

namespace AgentPay.Web.Calls;

/// <summary>Reads telephone numbers in E.164 and in SIP URIs.</summary>
internal static partial class PhoneNumber
{
    public const string E164Pattern = @"\+[1-9][0-9]{1,14}";

    private const int MaxUriLength = 512;

    public static bool IsE164(string? text) => text is not null && E164().IsMatch(text);

    // True for a number and for words such as "anonymous"; false for addresses with a scheme such as sip: or client:.
    public static bool IsTelephone(string? address) => !string.IsNullOrEmpty(address) && !address.Contains(':');

    // Returns the E.164 number in a SIP URI such as sip:+61400000000;phone-context=x@example.com;transport=tls?X-A=b, or null.
    // Adds a missing plus sign to 7 to 15 digits that do not begin with 0: no country code begins with 0.
    public static string? OfSip(string? uri)
    {
        if (UserOf(uri) is not { } user) return null;
        if (BareDigits().IsMatch(user)) user = "+" + user;
        return IsE164(user) ? user : null;
    }

    // Returns the unescaped user part of a SIP URI, or null.
    public static string? UserOf(string? uri) =>
        uri is { Length: <= MaxUriLength } && SipUri().Match(uri) is { Success: true } match
            ? Uri.UnescapeDataString(match.Groups["user"].Value)
            : null;

    [GeneratedRegex($@"^{E164Pattern}\z")]
    private static partial Regex E164();

    [GeneratedRegex(@"^[1-9][0-9]{6,14}\z")]
    private static partial Regex BareDigits();

    [GeneratedRegex(
        @"^sips?:(?<user>[^@;?]+)(;[^@?]*)?@[^@?]+(\?.*)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex SipUri();
}
