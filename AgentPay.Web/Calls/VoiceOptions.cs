namespace AgentPay.Web.Calls;

/// <summary>The section <c>Voice</c>: how calls reach the PBX, and come from it. Text is trimmed, and empty text counts as missing.</summary>
public sealed class VoiceOptions
{
    public const string Section = "Voice";

    /// <summary>The PBX that a customer's call is sent to: <c>pbx.example.com</c>, with a port or SIP parameters where it needs them (<c>pbx.example.com:5061;transport=tls</c>).</summary>
    public string? OriginationUri { get; set; }

    /// <summary>The SIP header that carries the UUI: <c>User-to-User</c>, or a name that begins with <c>X-</c>. For both directions, unless one has its own.</summary>
    public string UuiHeader { get; set; } = "User-to-User";

    /// <summary>The header on calls from customers to the PBX; <see cref="UuiHeader"/> when it is not set.</summary>
    public string? InboundUuiHeader { get; set; }

    /// <summary>The header on calls from the PBX to customers; <see cref="UuiHeader"/> when it is not set.</summary>
    public string? OutboundUuiHeader { get; set; }

    /// <summary>The country (ISO 3166, two letters) of numbers that the PBX dials without a country code; null when it always sends E.164.</summary>
    public string? DefaultCountry { get; set; }

    /// <summary>
    /// The caller hears the ringing until the other side answers, and is billed from then on; no payment can begin before.
    /// When false, Twilio picks the call up at once.
    /// </summary>
    public bool AnswerOnBridge { get; set; } = true;

    /// <summary>A number of the account in E.164, shown to the customer when the PBX calls out with a From that is none.</summary>
    public string? CallerId { get; set; }

    internal void Sanitise(bool isLive)
    {
        OriginationUri = Clean(OriginationUri) ?? (isLive ? null : "pbx.example.com");
        if (OriginationUri?.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) == true) OriginationUri = OriginationUri["sip:".Length..];
        UuiHeader = Clean(UuiHeader) ?? "User-to-User";
        InboundUuiHeader = Clean(InboundUuiHeader) ?? UuiHeader;
        OutboundUuiHeader = Clean(OutboundUuiHeader) ?? UuiHeader;
        DefaultCountry = Clean(DefaultCountry)?.ToUpperInvariant();
        CallerId = Clean(CallerId);
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
