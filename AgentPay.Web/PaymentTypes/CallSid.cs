using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace AgentPay.Web.PaymentTypes;

/// <summary>One leg of a call: <c>CA</c> and 32 hexadecimal digits.</summary>
[JsonConverter(typeof(SidJsonConverter<CallSid>))]
public readonly record struct CallSid : ISid<CallSid>
{
    private readonly string? _text;

    private CallSid(string text) => _text = text;

    static string ISid<CallSid>.Prefix => "CA";

    static CallSid ISid<CallSid>.Of(string text) => new(text);

    /// <exception cref="FormatException">The text is not such a SID.</exception>
    public static CallSid Parse(string text) => SidText.Parse<CallSid>(text);

    public static bool TryParse([NotNullWhen(true)] string? text, out CallSid sid) => SidText.TryParse(text, out sid);

    public override string ToString() => _text ?? "";
}
