using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentPay.Web.PaymentTypes;

/// <summary>An identifier of Twilio: a prefix of two letters for the type, and 32 hexadecimal digits.</summary>
public interface ISid<TSelf> where TSelf : struct, ISid<TSelf>
{
    protected internal static abstract string Prefix { get; }

    /// <summary>Creates a SID from validated text.</summary>
    protected internal static abstract TSelf Of(string text);
}

/// <summary>Parses SIDs of every type.</summary>
internal static class SidText
{
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    public static bool TryParse<TSid>([NotNullWhen(true)] string? text, out TSid sid) where TSid : struct, ISid<TSid>
    {
        var isValid = IsSid(text, TSid.Prefix);
        sid = isValid ? TSid.Of(text!) : default;
        return isValid;
    }

    /// <param name="prefix">The two letters of the type, such as <c>AC</c>.</param>
    public static bool IsSid([NotNullWhen(true)] string? text, string prefix) =>
        text?.Length == 34 && text.StartsWith(prefix, StringComparison.Ordinal) && !text.AsSpan(2).ContainsAnyExcept(Hex);

    // The message does not contain the text, which may be a secret that was entered in the wrong place.
    public static TSid Parse<TSid>(string? text) where TSid : struct, ISid<TSid> => TryParse<TSid>(text, out var sid)
        ? sid
        : throw new FormatException($"Not a {typeof(TSid).Name}: it must be {TSid.Prefix} and 32 hexadecimal digits.");
}

/// <summary>Reads and writes a SID as a JSON string.</summary>
internal sealed class SidJsonConverter<TSid> : JsonConverter<TSid> where TSid : struct, ISid<TSid>
{
    public override TSid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SidText.TryParse<TSid>(reader.GetString(), out var sid) ? sid : throw new JsonException($"Not a {typeof(TSid).Name}");

    public override void Write(Utf8JsonWriter writer, TSid value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
