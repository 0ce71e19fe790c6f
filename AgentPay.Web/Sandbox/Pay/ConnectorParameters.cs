using System.Text.Json;

namespace AgentPay.Web.Sandbox.Pay;

// Reads Parameter: a flat JSON object whose values are passed to the connector unchanged.
public static class ConnectorParameters
{
    private static readonly Dictionary<string, object?> None = [];

    // Empty if absent. Anything but a flat JSON object gives error 64020. Single quotes are accepted because Twilio's own example has them.
    public static IReadOnlyDictionary<string, object?> Read(string? text)
    {
        if (text is null) return None;
        return TryRead(text)
            ?? TryRead(text.Replace('\'', '"'))
            ?? throw PayErrors.InvalidValue("Parameter", "it must be a JSON object without objects or arrays inside");
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
            // InvalidOperationException: a broken surrogate pair, or a root that is not an object.
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
