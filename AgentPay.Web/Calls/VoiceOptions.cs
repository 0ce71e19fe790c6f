using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using PhoneNumbers;

namespace AgentPay.Web.Calls;

/// <summary>The section <c>Voice</c>: how calls reach the PBX, and come from it.</summary>
public sealed class VoiceOptions : IValidatableObject
{
    public const string Section = "Voice";

    private const string Label = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";
    private const string SipHost = $@"{Label}(\.{Label})*(:[1-9][0-9]{{0,4}})?(;(transport|region|edge)=[a-z0-9-]+)*";

    private const string Header = "(?i:User-to-User)|[Xx]-[A-Za-z0-9-]{1,60}";
    private const string WrongHeader =
        "{0} must be a header that Twilio passes on (error 13252): User-to-User, or a name that begins with X-.";

    /// <summary>
    /// The PBX that customers' calls are sent to: <c>pbx.example.com</c>, with a port or SIP parameters where it needs them
    /// (<c>pbx.example.com:5061;transport=tls</c>). A leading <c>sip:</c> is removed.
    /// </summary>
    [Required(ErrorMessage = "{0} is missing. Example: pbx.example.com.")]
    [RegularExpression(SipHost, ErrorMessage = "{0} must be a host, with or without a port. Example: pbx.example.com:5060.")]
    // Twilio takes SIP URIs of less than 255 characters, which begin with the number.
    [MaxLength(200, ErrorMessage = "{0} must have at most {1} characters. Example: pbx.example.com.")]
    public string? OriginationUri { get; set => field = WithoutScheme(value); }

    /// <summary>
    /// The SIP header that carries the UUI: <c>User-to-User</c>, or a name that begins with <c>X-</c>. Used in both directions, unless a
    /// direction has its own.
    /// </summary>
    [RegularExpression(Header, ErrorMessage = WrongHeader)]
    public string UuiHeader { get; set; } = "User-to-User";

    /// <summary>The header on calls from customers to the PBX; <see cref="UuiHeader"/> when it is not set.</summary>
    [RegularExpression(Header, ErrorMessage = WrongHeader)]
    public string? InboundUuiHeader { get; set; }

    /// <summary>The header on calls from the PBX to customers; <see cref="UuiHeader"/> when it is not set.</summary>
    [RegularExpression(Header, ErrorMessage = WrongHeader)]
    public string? OutboundUuiHeader { get; set; }

    /// <summary>
    /// The country (ISO 3166, two letters) of numbers that the PBX dials without a country code; null when it always sends E.164.
    /// </summary>
    public string? DefaultCountry { get; set => field = value?.ToUpperInvariant(); }

    /// <summary>
    /// The caller hears the ringing until the other side answers, and is billed from then on; no payment can begin before.
    /// When false, Twilio picks the call up at once.
    /// </summary>
    public bool AnswerOnBridge { get; set; } = true;

    /// <summary>A number of the account in E.164, shown to the customer when the PBX calls out with a From that is not a number.</summary>
    [RegularExpression(PhoneNumber.E164Pattern, ErrorMessage = "{0} must be a number in E.164. Example: +61280000000.")]
    public string? CallerId { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (DefaultCountry is not null && !PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(DefaultCountry))
            yield return validationContext.Failure(nameof(DefaultCountry), $"is '{DefaultCountry}', which is no country code such as AU.");
    }

    private static string? WithoutScheme(string? uri) =>
        uri?.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) == true ? uri["sip:".Length..] : uri;
}

[OptionsValidator]
internal sealed partial class VoiceOptionsValidator : IValidateOptions<VoiceOptions>;
