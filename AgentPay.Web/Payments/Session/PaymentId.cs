using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentPay.Web.Payments;

/// <summary>AgentPay's id of a payment, created before Twilio is called: 32 hexadecimal digits that sort by time.</summary>
[JsonConverter(typeof(PaymentIdJson))]
public readonly record struct PaymentId
{
    private readonly Guid _value;

    private PaymentId(Guid value) => _value = value;

    public static PaymentId New(DateTimeOffset at) => new(Guid.CreateVersion7(at));

    public static bool TryParse([NotNullWhen(true)] string? text, out PaymentId id)
    {
        var parsed = Guid.TryParseExact(text, "N", out var value);
        id = new(value);
        return parsed;
    }

    public override string ToString() => _value.ToString("N");
}

internal sealed class PaymentIdJson : JsonConverter<PaymentId>
{
    public override PaymentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        PaymentId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a payment id");

    public override void Write(Utf8JsonWriter writer, PaymentId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
