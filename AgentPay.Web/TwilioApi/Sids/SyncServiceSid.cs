using AgentPay.Web.PaymentTypes;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace AgentPay.Web.TwilioApi;

/// <summary>A Sync service: <c>IS</c> and 32 hexadecimal digits.</summary>
[JsonConverter(typeof(SidJsonConverter<SyncServiceSid>))]
public readonly record struct SyncServiceSid : ISid<SyncServiceSid>
{
    private readonly string? _text;

    private SyncServiceSid(string text) => _text = text;

    static string ISid<SyncServiceSid>.Prefix => "IS";

    static SyncServiceSid ISid<SyncServiceSid>.Of(string text) => new(text);

    /// <exception cref="FormatException">The text is anything else.</exception>
    public static SyncServiceSid Parse(string text) => SidText.Parse<SyncServiceSid>(text);

    public static bool TryParse([NotNullWhen(true)] string? text, out SyncServiceSid sid) => SidText.TryParse(text, out sid);

    public override string ToString() => _text ?? "";
}
