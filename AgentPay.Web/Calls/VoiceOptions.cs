using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using PhoneNumbers;

namespace AgentPay.Web.Calls;

/// <summary>The section <c>Voice</c>: how AgentPay connects calls to and from the PBX.</summary>
public sealed class VoiceOptions : IValidatableObject
{
    public const string Section = "Voice";

    private const string Label = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";
    private const string SipHost = $@"{Label}(\.{Label})*(:[1-9][0-9]{{0,4}})?(;(transport|region|edge)=[a-z0-9-]+)*";

    private const string Header = "(?i:User-to-User)|[Xx]-[A-Za-z0-9-]{1,60}";
    private const string WrongHeader =
        "{0} must be a header that Twilio passes on (error 13252): User-to-User, or a name that begins with X-.";

    /// <summary>
    /// The host of the PBX that receives customers' calls, such as <c>pbx.example.com</c>. May have a port and SIP parameters:
    /// <c>pbx.example.com:5061;transport=tls</c>. A leading <c>sip:</c> is removed.
    /// </summary>
    [Required(ErrorMessage = "{0} is missing. Example: pbx.example.com.")]
    [RegularExpression(SipHost, ErrorMessage = "{0} must be a host, with or without a port. Example: pbx.example.com:5060.")]
    // Twilio accepts SIP URIs of fewer than 255 characters, and the number is part of them.
    [MaxLength(200, ErrorMessage = "{0} must have at most {1} characters. Example: pbx.example.com.")]
    public string? OriginationUri { get; set => field = WithoutScheme(value); }

    /// <summary>
    /// The SIP header that carries the UUI: <c>User-to-User</c>, or a name that begins with <c>X-</c>. The two properties below override
    /// it for one direction.
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
    /// The country (ISO 3166, two letters) of numbers without a country code that the PBX dials. Null accepts only E.164.
    /// </summary>
    public string? DefaultCountry { get; set => field = value?.ToUpperInvariant(); }

    /// <summary>
    /// When true, the caller hears ringing until the other party answers. Billing starts then, and no payment can start earlier.
    /// When false, Twilio answers the call at once.
    /// </summary>
    public bool AnswerOnBridge { get; set; } = true;

    /// <summary>The caller ID, in E.164, for outbound calls whose From is not a number. A number of the account.</summary>
    [RegularExpression(PhoneNumber.E164Pattern, ErrorMessage = "{0} must be a number in E.164. Example: +61280000000.")]
    public string? CallerId { get; set; }

    /// <summary>
    /// The parties to whom the PBX may transfer calls; <c>*</c> stands for any characters. <c>10*</c> allows extensions of the PBX,
    /// <c>+6128*</c> telephone numbers, and <c>sip:*@branch.example.com</c> SIP URIs on another host. An empty list allows all extensions
    /// of the PBX and nothing else.
    /// </summary>
    [EachMatches(
        @"\+?[A-Za-z0-9._*-]{1,64}|[sS][iI][pP]:[A-Za-z0-9._+*-]{1,64}@[A-Za-z0-9.*-]{1,200}",
        "extensions such as 10*, telephone numbers such as +61280000001 or +6128*, and SIP URIs such as sip:*@branch.example.com")]
    public IReadOnlyList<string> TransferTargets { get; set; } = [];

    internal string? OriginationHost => OriginationUri?.Split(':', ';')[0];

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
