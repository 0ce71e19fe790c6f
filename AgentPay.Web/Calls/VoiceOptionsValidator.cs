using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using PhoneNumbers;

namespace AgentPay.Web.Calls;

/// <summary>Every failure at once, each with its key and what to set.</summary>
internal sealed partial class VoiceOptionsValidator : IValidateOptions<VoiceOptions>
{
    // Twilio takes SIP URIs of less than 255 characters, and the number stands in front.
    private const int LongestOriginationUri = 200;

    public ValidateOptionsResult Validate(string? name, VoiceOptions options)
    {
        string?[] failures =
        [
            Origination(options.OriginationUri),
            Header(nameof(options.UuiHeader), options.UuiHeader),
            options.InboundUuiHeader == options.UuiHeader ? null : Header(nameof(options.InboundUuiHeader), options.InboundUuiHeader),
            options.OutboundUuiHeader == options.UuiHeader ? null : Header(nameof(options.OutboundUuiHeader), options.OutboundUuiHeader),
            options.DefaultCountry is null || PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(options.DefaultCountry) ? null : Wrong(nameof(options.DefaultCountry), $"is '{options.DefaultCountry}', which is not the two letters of a country", "AU"),
            options.CallerId is null || PhoneNumber.IsE164(options.CallerId) ? null : Wrong(nameof(options.CallerId), "is not a number in E.164", "+61280000000"),
        ];
        var found = failures.OfType<string>().ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? Origination(string? uri) => uri switch
    {
        null => Wrong(nameof(VoiceOptions.OriginationUri), "is missing", "pbx.example.com"),
        _ when uri.Length > LongestOriginationUri || !SipHost().IsMatch(uri) => Wrong(nameof(VoiceOptions.OriginationUri), "is not a host, with or without a port", "pbx.example.com:5060"),
        _ => null,
    };

    private static string? Header(string key, string? header) =>
        UuiHeader().IsMatch(header ?? "") ? null : Wrong(key, "is a header that Twilio does not pass on (13252): User-to-User, or a name that begins with X-", "User-to-User");

    private static string Wrong(string key, string what, string example) =>
        $"{VoiceOptions.Section}:{key} {what}. Set the environment variable {VoiceOptions.Section}__{key}, for example to {example}.";

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:[1-9][0-9]{0,4})?(;(transport|region|edge)=[a-z0-9-]+)*\z")]
    private static partial Regex SipHost();

    [GeneratedRegex(@"^(User-to-User|X-[A-Z0-9-]{1,60})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UuiHeader();
}
