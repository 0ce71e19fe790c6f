using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentPay.Web.Sandbox.Sync;

/// <summary>
/// JSON kept as it came. It is never taken apart again: a lone surrogate such as <c>"\ud800"</c> is valid JSON and could not be written anew.
/// </summary>
[JsonConverter(typeof(Verbatim))]
public sealed class RawJson
{
    public static readonly RawJson EmptyObject = new("{}"u8.ToArray(), true);

    private readonly byte[] _utf8;

    private RawJson(byte[] utf8, bool isObject) => (_utf8, IsObject) = (utf8, isObject);

    /// <summary>In bytes.</summary>
    public int Length => _utf8.Length;

    public bool IsObject { get; }

    /// <summary>Null when the text is not JSON.</summary>
    public static RawJson? Parse(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        try
        {
            if (!reader.Read()) return null;
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read())
            {
            }
            return new(utf8, isObject);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => Encoding.UTF8.GetString(_utf8);

    public sealed class Verbatim : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value._utf8, skipInputValidation: true);
    }
}
