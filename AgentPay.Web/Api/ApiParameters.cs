using System.Text.Json;
using AgentPay.Web.CardData;

namespace AgentPay.Web.Api;

/// <summary>
/// The parameters of a request, from a JSON object, a form or the query, as in the predecessor. Values in the body override the query.
/// Empty values count as missing.
/// </summary>
public sealed class ApiParameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private ApiParameters()
    {
    }

    public string? this[string name] =>
        _values.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>Returns null if the body is malformed, too long, or JSON that is not an object.</summary>
    public static async Task<ApiParameters?> ReadAsync(HttpRequest request)
    {
        var parameters = new ApiParameters();
        foreach (var (name, value) in request.Query) parameters._values[name] = value.ToString();
        try
        {
            var isRead = !request.HasJsonContentType() || await parameters.AddJsonAsync(request);
            if (request.HasFormContentType) await parameters.AddFormAsync(request);
            return isRead ? parameters : null;
        }
        catch (Exception malformed) when (malformed is JsonException or IOException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Returns the value of a flag; null if it is missing.</summary>
    /// <param name="isFlag">False if the value is neither true nor false.</param>
    public bool? Flag(string name, out bool isFlag)
    {
        var text = this[name];
        isFlag = bool.TryParse(text, out var value) || text is null;
        return text is null ? null : value;
    }

    /// <exception cref="InvalidOperationException">A text contains half of a surrogate pair.</exception>
    private async Task<bool> AddJsonAsync(HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        if (body.RootElement.ValueKind != JsonValueKind.Object) return false;
        var guard = request.HttpContext.RequestServices.GetRequiredService<CardDataGuard>();
        foreach (var member in body.RootElement.EnumerateObject())
            _values[member.Name] = guard.Mask(request.Path, "body", member.Name, TextOf(member.Value));
        return true;
    }

    private async Task AddFormAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        foreach (var (name, value) in form) _values[name] = value.ToString();
    }

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
