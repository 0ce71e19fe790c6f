using System.Text.Json;

namespace AgentPay.Web.TwilioApi;

/// <summary>One page of a list.</summary>
/// <param name="Next">The link to the next page; null on the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Sync puts the link into <c>meta</c>, the 2010 API beside the items.</summary>
    public static Page<T> Read(byte[] body, string key)
    {
        var page = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(body) ?? throw new JsonException("The page is null");
        var items = Member(page, key).Deserialize<List<T>>(WireJson.Options) ?? throw new JsonException($"{key} is null");
        var next = page.TryGetValue("meta", out var meta) ? meta.Deserialize<Meta>(WireJson.Options)?.NextPageUrl : Member(page, "next_page_uri").GetString();
        return new(items, next);
    }

    private static JsonElement Member(Dictionary<string, JsonElement> page, string name) =>
        page.TryGetValue(name, out var member) ? member : throw new JsonException($"{name} is missing");

    private sealed record Meta
    {
        public string? NextPageUrl { get; init; }
    }
}
