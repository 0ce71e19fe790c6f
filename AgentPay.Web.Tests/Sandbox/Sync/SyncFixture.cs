using System.Text.Json;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Sync;

/// <summary>One sandbox for a class of tests; each test works in a service of its own. The clock only ever moves forward.</summary>
public sealed class SyncFixture : IDisposable
{
    public SandboxApp App { get; } = new();

    /// <summary>The Sync API, addressed from <c>/v1</c> on, with the account's credentials.</summary>
    public SyncApi Account => new(App.Http, new Uri(App.Url, "sandbox/sync/v1").AbsoluteUri);

    public async Task<SyncApi> NewServiceAsync(params (string Name, string Value)[] settings)
    {
        var created = await Account.PostAsync("/Services", settings);
        return new(App.Http, created["url"]!);
    }

    public void Dispose() => App.Dispose();
}

/// <summary>An answer of the API. The indexer gives a member of its body as text, null when it is null or missing.</summary>
public sealed record SyncReply(int Status, string Text, string? ETag)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public int Code => Json.GetProperty("code").GetInt32();

    /// <summary>Status and Twilio code of a refusal, as 404/20404.</summary>
    public string Refusal => Status < 400 ? $"{Status}, not refused" : $"{Status}/{Code}";

    public string Data => Json.GetProperty("data").GetRawText();

    public override string ToString() => $"{Status} {ETag} {Text}";

    public string? this[string member] =>
        Json.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
}

/// <summary>Requests below one URL.</summary>
public sealed class SyncApi(HttpClient http, string url, string? token = null)
{
    public string Url => url;

    public string Sid => url[(url.LastIndexOf('/') + 1)..];

    /// <summary>The same URL with an access token instead of credentials.</summary>
    public SyncApi With(HttpClient anonymous, string accessToken) => new(anonymous, url, accessToken);

    public Task<SyncReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null);

    public Task<SyncReply> DeleteAsync(string path, string? ifMatch = null) => SendAsync(HttpMethod.Delete, path, ifMatch, null);

    public Task<SyncReply> PostAsync(string path, params (string Name, string Value)[] form) => PostIfAsync(null, path, form);

    public Task<SyncReply> PostIfAsync(string? ifMatch, string path, params (string Name, string Value)[] form) =>
        SendAsync(HttpMethod.Post, path, ifMatch, new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public async Task<SyncReply> SendAsync(HttpMethod method, string path, string? ifMatch, HttpContent? content)
    {
        var target = path.StartsWith("http", StringComparison.Ordinal) ? path : url + path;
        using var request = new HttpRequestMessage(method,
            new Uri(target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Content = content;
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (token is not null) request.Headers.Add("X-Twilio-Token", token);
        using var response = await http.SendAsync(request);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(),
            response.Headers.TryGetValues("ETag", out var tags) ? tags.Single() : null);
    }

    /// <summary>Every entry of a list, by following next_page_url from a first page on.</summary>
    public async Task<List<JsonElement>> ReadAllAsync(string path, Func<Task>? betweenPages = null)
    {
        var entries = new List<JsonElement>();
        for (string? next = path; next is not null;)
        {
            var meta = (await GetAsync(next)).Json;
            entries.AddRange(meta.GetProperty(meta.GetProperty("meta").GetProperty("key").GetString()!).EnumerateArray());
            next = meta.GetProperty("meta").GetProperty("next_page_url").GetString();
            if (next is not null && betweenPages is not null) await betweenPages();
        }
        return entries;
    }
}
