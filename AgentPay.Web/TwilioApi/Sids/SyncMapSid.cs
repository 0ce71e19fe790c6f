using AgentPay.Web.PaymentTypes;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace AgentPay.Web.TwilioApi;

/// <summary>A Sync map: <c>MP</c> and 32 hexadecimal digits.</summary>
[JsonConverter(typeof(SidJsonConverter<SyncMapSid>))]
public readonly record struct SyncMapSid : ISid<SyncMapSid>
{
    private readonly string? _text;

    private SyncMapSid(string text) => _text = text;

    static string ISid<SyncMapSid>.Prefix => "MP";

    static SyncMapSid ISid<SyncMapSid>.Of(string text) => new(text);

    /// <exception cref="FormatException">The text is anything else.</exception>
    public static SyncMapSid Parse(string text) => SidText.Parse<SyncMapSid>(text);

    public static bool TryParse([NotNullWhen(true)] string? text, out SyncMapSid sid) => SidText.TryParse(text, out sid);

    public override string ToString() => _text ?? "";
}
