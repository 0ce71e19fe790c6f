using System.Text.Json;

namespace AgentPay.Web.TwilioApi;

/// <summary>One page of a list.</summary>
/// <param name="Next">Path and query of the next page, relative to the configured base; null on the last page.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Reads a page of either API. Sync has the link to the next page in <c>meta</c>, the 2010 API next to the items.</summary>
    /// <param name="key">The JSON name of the items.</param>
    /// <param name="baseUrl">The configured base of the API.</param>
    public static Page<T> Read(byte[] body, string key, string baseUrl)
    {
        var page = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(body) ?? throw new JsonException("The page is null");
        var items = Member(page, key).Deserialize<List<T>>(WireJson.Options) ?? throw new JsonException($"{key} is null");
        var next = page.TryGetValue("meta", out var meta)
            ? meta.Deserialize<Meta>(WireJson.Options)?.NextPageUrl
            : Member(page, "next_page_uri").GetString();
        return new(items, next is null ? null : Rebase(next, baseUrl));
    }

    private static JsonElement Member(Dictionary<string, JsonElement> page, string name) =>
        page.TryGetValue(name, out var member) ? member : throw new JsonException($"{name} is missing");

    // The link may be relative, or name another host (a proxy, a forged answer). The credentials are sent to the configured host only.
    private static string Rebase(string link, string baseUrl)
    {
        var target = !link.StartsWith('/') && Uri.TryCreate(link, UriKind.Absolute, out var absolute) ? absolute.PathAndQuery : link;
        if (!target.StartsWith('/')) throw new JsonException("The link to the next page is not a URL");
        var prefix = new Uri(baseUrl).AbsolutePath.TrimEnd('/') + '/';
        return target.StartsWith(prefix, StringComparison.Ordinal) ? target[(prefix.Length - 1)..] : target;
    }

    private sealed record Meta
    {
        public string? NextPageUrl { get; init; }
    }
}
