using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentPay.Web.Sync;

/// <summary>JSON as AgentPay keeps it in Sync: camel case, kebab-case words for enumerations, and nothing that says nothing, to stay small. A null where there must be something is unreadable.</summary>
public static class SyncJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <exception cref="JsonException">It is something else.</exception>
    internal static T Read<T>(JsonElement data) => data.Deserialize<T>(Options) ?? throw new JsonException("The data are null");
}
