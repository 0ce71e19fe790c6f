using System.Text.Json;

namespace AgentPay.Web.TwilioApi;

/// <summary>A page of a Sync list: the items under a name of their own, and the link to the next page under <c>meta</c>.</summary>
internal static class SyncPage
{
    public static Func<byte[], Page<T>> Of<T>(string name) => body =>
    {
        var page = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(body) ?? throw new JsonException("The page is null");
        return new(Member<List<T>>(page, name), Member<Meta>(page, "meta").NextPageUrl);
    };

    public static FormFields Query(int? pageSize)
    {
        var query = new FormFields();
        query.Add("PageSize", pageSize);
        return query;
    }

    private static T Member<T>(Dictionary<string, JsonElement> page, string name) where T : class =>
        page.TryGetValue(name, out var member) && member.Deserialize<T>(WireJson.Options) is { } value ? value : throw new JsonException($"{name} is missing");

    private sealed record Meta
    {
        public string? NextPageUrl { get; init; }
    }
}
