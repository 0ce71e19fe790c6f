using System.Text.Json;

namespace AgentPay.Web.Api;

/// <summary>The parameters of a request as the predecessor took them: from a JSON object, a form or the query, the body before the query. An empty value counts as missing.</summary>
public sealed class ApiParameters
{
    private const int LongestBody = 16 * 1024;

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private ApiParameters()
    {
    }

    public string? this[string name] => _values.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>Null when the body is neither a JSON object nor a form, or is longer than 16 KiB.</summary>
    public static async Task<ApiParameters?> ReadAsync(HttpRequest request)
    {
        var parameters = new ApiParameters();
        foreach (var (name, value) in request.Query) parameters._values[name] = value.ToString();
        if (request.ContentLength > LongestBody) return null;
        if (request.HasJsonContentType()) return await parameters.AddJsonAsync(request) ? parameters : null;
        if (request.HasFormContentType) return await parameters.AddFormAsync(request) ? parameters : null;
        return parameters;
    }

    private async Task<bool> AddJsonAsync(HttpRequest request)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            if (body.RootElement.ValueKind != JsonValueKind.Object) return false;
            foreach (var member in body.RootElement.EnumerateObject()) _values[member.Name] = TextOf(member.Value);
            return true;
        }
        catch (Exception malformed) when (malformed is JsonException or BadHttpRequestException)
        {
            return false;
        }
    }

    private async Task<bool> AddFormAsync(HttpRequest request)
    {
        try
        {
            foreach (var (name, value) in await request.ReadFormAsync(request.HttpContext.RequestAborted)) _values[name] = value.ToString();
            return true;
        }
        catch (Exception malformed) when (malformed is InvalidDataException or BadHttpRequestException or IOException)
        {
            return false;
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };
}
