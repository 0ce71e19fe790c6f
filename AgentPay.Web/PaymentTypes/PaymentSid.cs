using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace AgentPay.Web.PaymentTypes;

/// <summary>A payment session on a call: <c>PK</c> and 32 hexadecimal digits.</summary>
[JsonConverter(typeof(SidJsonConverter<PaymentSid>))]
public readonly record struct PaymentSid : ISid<PaymentSid>
{
    private readonly string? _text;

    private PaymentSid(string text) => _text = text;

    static string ISid<PaymentSid>.Prefix => "PK";

    static PaymentSid ISid<PaymentSid>.Of(string text) => new(text);

    /// <exception cref="FormatException">The text is not such a SID.</exception>
    public static PaymentSid Parse(string text) => SidText.Parse<PaymentSid>(text);

    public static bool TryParse([NotNullWhen(true)] string? text, out PaymentSid sid) => SidText.TryParse(text, out sid);

    public override string ToString() => _text ?? "";
}
