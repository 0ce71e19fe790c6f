using System.Text.RegularExpressions;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>Phone numbers in E.164: a plus sign and up to fifteen digits.</summary>
public static partial class E164Number
{
    // A call to this number fails.
    public const string Unreachable = "+15005550001";

    // A call to this number is busy.
    public const string Busy = "+15005550002";

    // This number never answers, not even when phones answer automatically.
    public const string NeverAnswers = "+15005550003";

    private static readonly Dictionary<string, string> Countries = new()
    {
        ["1"] = "US", ["27"] = "ZA", ["31"] = "NL", ["32"] = "BE", ["33"] = "FR", ["34"] = "ES", ["351"] = "PT", ["353"] = "IE",
        ["358"] = "FI", ["39"] = "IT", ["41"] = "CH", ["43"] = "AT", ["44"] = "GB", ["45"] = "DK", ["46"] = "SE", ["47"] = "NO",
        ["48"] = "PL", ["49"] = "DE", ["52"] = "MX", ["55"] = "BR", ["61"] = "AU", ["64"] = "NZ", ["65"] = "SG", ["81"] = "JP",
        ["852"] = "HK", ["91"] = "IN", ["972"] = "IL",
    };

    public static bool IsE164(string? text) => text is not null && E164().IsMatch(text);

    /// <summary>The ISO country code of the prefix; empty if the sandbox does not know it.</summary>
    public static string Country(string e164)
    {
        for (var length = 3; length > 0; length--)
        {
            if (e164.Length > length && Countries.TryGetValue(e164.Substring(1, length), out var country)) return country;
        }
        return "";
    }

    /// <summary>Formats North American numbers as <c>(415) 867-5309</c>, as Twilio does. Other numbers are unchanged.</summary>
    public static string Formatted(string number) =>
        IsE164(number) && number is ['+', '1', ..] && number.Length == 12 ? $"({number[2..5]}) {number[5..8]}-{number[8..]}" : number;

    [GeneratedRegex(@"^\+[1-9][0-9]{1,14}\z")]
    private static partial Regex E164();
}
