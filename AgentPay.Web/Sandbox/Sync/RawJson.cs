using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentPay.Web.Sandbox.Sync;

// JSON text, stored exactly as received.
// It is never parsed and rewritten: a lone surrogate such as "\ud800" is valid JSON, but .NET cannot write it.
[JsonConverter(typeof(Converter))]
public sealed class RawJson
{
    public static readonly RawJson EmptyObject = new("{}"u8.ToArray(), true);

    private readonly byte[] _utf8;

    private RawJson(byte[] utf8, bool isObject) => (_utf8, IsObject) = (utf8, isObject);

    public int Length => _utf8.Length;

    public bool IsObject { get; }

    // Returns null if the text is not valid JSON.
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

    public sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value._utf8, skipInputValidation: true);
    }
}
