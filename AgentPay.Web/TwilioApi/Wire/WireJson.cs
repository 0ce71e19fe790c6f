using System.Text.Json;

namespace AgentPay.Web.TwilioApi;

/// <summary>How Twilio's answers are read: snake case, unknown members skipped, and a null only where ours may be null.</summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        Converters = { new WireTimeJsonConverter() },
    };
}
