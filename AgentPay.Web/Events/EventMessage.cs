using System.Text.Json.Serialization;

namespace AgentPay.Web.Events;

/// <summary>The body of an event.</summary>
/// <param name="Type"><c>payment.started</c> or <c>payment.ended</c>.</param>
/// <param name="Timestamp">When it happened, UTC. The same in every attempt.</param>
public sealed record EventMessage(string Type, DateTime Timestamp, EventData Data);

/// <summary>Which payment and call an event is about. Contains neither card data nor a telephone number.</summary>
/// <param name="PaymentId">AgentPay's id of the payment.</param>
/// <param name="CallSid">The customer's leg.</param>
/// <param name="Uui">The call's id in the PBX; null when it is not known.</param>
public sealed record EventData(
    string PaymentId,
    string CallSid,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Uui);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EventMessage))]
internal sealed partial class EventJson : JsonSerializerContext;
