using System.Text.Json;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>Reads <c>Parameter</c>: one flat JSON object, whose values go to the connector as they are.</summary>
public static class ConnectorParameters
{
    private static readonly Dictionary<string, object?> None = [];

    /// <summary>Empty when absent; what is no flat JSON object is refused with 64020. Single quotes are taken too: Twilio's own example has them.</summary>
    public static IReadOnlyDictionary<string, object?> Read(string? text)
    {
        if (text is null) return None;
        return TryRead(text) ?? TryRead(text.Replace('\'', '"')) ?? throw Refusals.InvalidValue("Parameter", "it must be a JSON object without objects or arrays inside");
    }

    private static Dictionary<string, object?>? TryRead(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var members = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var member in json.RootElement.EnumerateObject()) members[member.Name] = Value(member.Value);
            return members;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The second is what broken surrogate pairs and a root that is no object give.
            return null;
        }
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        JsonValueKind.Object or JsonValueKind.Array => throw new JsonException("Parameter is nested"),
        _ => value.Clone(),
    };
}
