using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentPay.Web.Sync;

/// <summary>
/// JSON options for data in Sync: camel-case names and kebab-case enumeration values. Omits default values to keep the data small.
/// A null for a non-nullable property is an error.
/// </summary>
public static class SyncJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <exception cref="JsonException">The data do not match the type.</exception>
    internal static T Read<T>(JsonElement data) => data.Deserialize<T>(Options) ?? throw new JsonException("The data are null");
}
