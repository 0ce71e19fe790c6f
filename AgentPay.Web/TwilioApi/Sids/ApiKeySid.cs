using AgentPay.Web.PaymentTypes;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace AgentPay.Web.TwilioApi;

/// <summary>An API key: <c>SK</c> and 32 hexadecimal digits.</summary>
[JsonConverter(typeof(SidJsonConverter<ApiKeySid>))]
public readonly record struct ApiKeySid : ISid<ApiKeySid>
{
    private readonly string? _text;

    private ApiKeySid(string text) => _text = text;

    static string ISid<ApiKeySid>.Prefix => "SK";

    static ApiKeySid ISid<ApiKeySid>.Of(string text) => new(text);

    /// <exception cref="FormatException">The text is anything else.</exception>
    public static ApiKeySid Parse(string text) => SidText.Parse<ApiKeySid>(text);

    public static bool TryParse([NotNullWhen(true)] string? text, out ApiKeySid sid) => SidText.TryParse(text, out sid);

    public override string ToString() => _text ?? "";
}
