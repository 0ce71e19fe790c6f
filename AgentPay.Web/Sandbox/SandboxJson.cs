using System.Text.Encodings.Web;
using System.Text.Json;

namespace AgentPay.Web.Sandbox;

/// <summary>JSON as Twilio's APIs write it (snake case, nulls kept), and as the control API does (camel case).</summary>
public static class SandboxJson
{
    public static readonly JsonSerializerOptions Twilio = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static readonly JsonSerializerOptions Control = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };
}
