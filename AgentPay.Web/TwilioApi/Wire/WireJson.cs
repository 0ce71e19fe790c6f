using System.Text.Json;

namespace AgentPay.Web.TwilioApi;

/// <summary>Options to read Twilio's answers: snake case, unknown members ignored, null refused for non-nullable properties.</summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        Converters = { new WireTimeJsonConverter() },
    };
}
