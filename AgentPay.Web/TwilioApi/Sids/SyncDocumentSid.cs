using AgentPay.Web.PaymentTypes;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace AgentPay.Web.TwilioApi;

/// <summary>A Sync document: <c>ET</c> and 32 hexadecimal digits.</summary>
[JsonConverter(typeof(SidJsonConverter<SyncDocumentSid>))]
public readonly record struct SyncDocumentSid : ISid<SyncDocumentSid>
{
    private readonly string? _text;

    private SyncDocumentSid(string text) => _text = text;

    static string ISid<SyncDocumentSid>.Prefix => "ET";

    static SyncDocumentSid ISid<SyncDocumentSid>.Of(string text) => new(text);

    /// <exception cref="FormatException">The text is anything else.</exception>
    public static SyncDocumentSid Parse(string text) => SidText.Parse<SyncDocumentSid>(text);

    public static bool TryParse([NotNullWhen(true)] string? text, out SyncDocumentSid sid) => SidText.TryParse(text, out sid);

    public override string ToString() => _text ?? "";
}
