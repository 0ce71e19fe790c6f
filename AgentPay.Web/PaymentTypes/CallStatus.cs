using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentPay.Web.PaymentTypes;

/// <summary>The status of a call. <see cref="Unknown"/> stands for a value that this version does not know.</summary>
[JsonConverter(typeof(CallStatusJsonConverter))]
public enum CallStatus
{
    Unknown,
    Queued,
    Ringing,
    InProgress,
    Completed,
    Busy,
    Failed,
    NoAnswer,
    Canceled,
}

internal sealed class CallStatusJsonConverter : JsonConverter<CallStatus>
{
    public override CallStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WireName.TryParse<CallStatus>(reader.GetString(), out var status) ? status : CallStatus.Unknown;

    public override void Write(Utf8JsonWriter writer, CallStatus value, JsonSerializerOptions options) =>
        writer.WriteStringValue(WireName.Of(value));
}
