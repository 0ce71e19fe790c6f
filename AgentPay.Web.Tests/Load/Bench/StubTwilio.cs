using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>
/// Answers the requests that AgentPay sends to Twilio, each after <see cref="Delay"/>. It keeps the objects of Sync, and has none of the
/// sandbox's limits, checks and telephones, so that it costs little of the processor.
/// </summary>
internal sealed class StubTwilio : IAsyncDisposable
{
    public const string Service = "IS00000000000000000000000000000001";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, StubCollection> _collections = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private int _payments;

    private StubTwilio(WebApplication app) => _app = app;

    public TimeSpan Delay { get; set; }

    /// <summary>Base URL without a trailing slash.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>The documents of the service, by their unique name.</summary>
    public StubCollection Documents => Collection($"/v1/Services/{Service}/Documents");

    /// <summary>The URL of the status callback of each payment that was created, by its SID.</summary>
    public ConcurrentDictionary<string, string> StatusCallbacks { get; } = new();

    public static async Task<StubTwilio> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new StubTwilio(builder.Build());
        stub._app.Run(stub.AnswerAsync);
        await stub._app.StartAsync();
        return stub;
    }

    /// <summary>Requests so far, by kind: reads and writes of each Sync object, and requests to the API of calls and payments.</summary>
    public Dictionary<string, int> Counts() => new(_counts);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private StubCollection Collection(string path) => _collections.GetOrAdd(path, _ => new());

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var isWrite = HttpMethods.IsPost(context.Request.Method) || HttpMethods.IsDelete(context.Request.Method);
        var form = HttpMethods.IsPost(context.Request.Method) ? await context.Request.ReadFormAsync() : FormCollection.Empty;
        _counts.AddOrUpdate($"{(isWrite ? "write" : "read")} {KindOf(path)}", 1, static (_, count) => count + 1);
        if (Delay > TimeSpan.Zero) await Task.Delay(Delay);
        var (status, body) = path.StartsWith("/v1/", StringComparison.Ordinal) ? Sync(context.Request, path, form) : Voice(path, form);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    // /v1/Services/{sid}/Documents/{name} and /v1/Services/{sid}/Maps/{name}/Items/{key}.
    private static string KindOf(string path) => path.Split('/') switch
    {
        [_, "v1", _, _, "Documents", var name, ..] => name[..(name.IndexOf('-', StringComparison.Ordinal) + 1)],
        [_, "v1", _, _, "Documents"] => "documents",
        [_, "v1", _, _, "Maps", var map, ..] => map,
        [_, "v1", ..] => "service",
        _ => "api",
    };

    private (int Status, string Body) Voice(string path, IFormCollection form)
    {
        var call = path.Split('/').FirstOrDefault(part => part.StartsWith("CA", StringComparison.Ordinal))?[..34];
        if (path.EndsWith("/Payments.json", StringComparison.Ordinal))
        {
            var payment = $"PK{Interlocked.Increment(ref _payments):x32}";
            StatusCallbacks[payment] = form["StatusCallback"]!;
            return (201, $$"""{"sid":"{{payment}}","call_sid":"{{call}}"}""");
        }
        if (path.Contains("/Payments/", StringComparison.Ordinal))
            return (200, $$"""{"sid":"{{path.Split('/')[^1][..34]}}","call_sid":"{{call}}"}""");
        return call is null
            ? (200, """{"calls":[],"recordings":[],"next_page_uri":null}""")
            : (200, $$"""{"sid":"{{call}}","status":"in-progress","direction":"inbound","from":"+61491570001","to":"+61280000000"}""");
    }

    private (int Status, string Body) Sync(HttpRequest request, string path, IFormCollection form)
    {
        var parts = path.Split('/');
        if (parts.Length <= 4) return (200, Described("IS", Service));
        if (path.EndsWith("/Permissions", StringComparison.Ordinal)) return (200, Listed("permissions", [], null));
        // A collection: its name is at an even position of the path.
        if (parts.Length % 2 == 1)
        {
            var collection = Collection(path);
            if (!HttpMethods.IsPost(request.Method)) return List(request, path, collection);
            var name = form.ContainsKey("Key") ? form["Key"].ToString() : form["UniqueName"].ToString();
            return collection.Add(name, DataOf(form)) is { } added ? (201, added) : (409, """{"code":54301,"status":409}""");
        }
        var parent = Collection(path[..path.LastIndexOf('/')]);
        if (HttpMethods.IsDelete(request.Method)) return (204, "");
        if (HttpMethods.IsPost(request.Method))
        {
            var written = parent.Update(parts[^1], DataOf(form), request.Headers.IfMatch);
            return written.Body is { } body ? (200, body) : (written.IsFound ? 412 : 404, """{"code":54103,"status":412}""");
        }
        return parent.Find(parts[^1]) is { } found ? (200, found) : (404, """{"code":20404,"status":404}""");
    }

    private static (int Status, string Body) List(HttpRequest request, string path, StubCollection collection)
    {
        const int pageSize = 100;
        _ = int.TryParse(request.Query["Page"], CultureInfo.InvariantCulture, out var page);
        var items = collection.Page(request.Query["From"], page * pageSize, pageSize);
        var from = request.Query["From"].ToString();
        var next = items.Count < pageSize ? null : $"{path}?PageSize={pageSize}&Page={page + 1}{(from.Length > 0 ? "&From=" + from : "")}";
        return (200, Listed(path.EndsWith("/Items", StringComparison.Ordinal) ? "items" : "documents", items, next));
    }

    private static string Listed(string key, IEnumerable<string> items, string? next) =>
        $$"""{"meta":{"key":"{{key}}","next_page_url":{{(next is null ? "null" : $"\"{next}\"")}}},"{{key}}":[{{string.Join(',', items)}}]}""";

    private static string DataOf(IFormCollection form) => form["Data"].ToString() is { Length: > 0 } data ? data : "{}";

    private static string Described(string prefix, string sid) =>
        $$"""{"sid":"{{sid}}","unique_name":null,"acl_enabled":true,"date_created":"2026-01-01T00:00:00Z","prefix":"{{prefix}}"}""";
}

/// <summary>The documents of a service, or the items of a map, by name.</summary>
internal sealed class StubCollection
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (string Data, int Revision, string Updated)> _items = new(StringComparer.Ordinal);

    /// <summary>Returns null if the name is taken.</summary>
    public string? Add(string name, string data)
    {
        lock (_lock)
        {
            if (_items.ContainsKey(name)) return null;
            _items[name] = (data, 0, Now());
            return Body(name);
        }
    }

    public (bool IsFound, string? Body) Update(string name, string data, string? ifMatch)
    {
        lock (_lock)
        {
            if (!_items.TryGetValue(name, out var item)) return (false, null);
            if (!string.IsNullOrEmpty(ifMatch) && ifMatch != item.Revision.ToString(CultureInfo.InvariantCulture)) return (true, null);
            _items[name] = (data, item.Revision + 1, Now());
            return (true, Body(name));
        }
    }

    public string? Find(string name)
    {
        lock (_lock) return _items.ContainsKey(name) ? Body(name) : null;
    }

    public List<string> Page(string? from, int skip, int count)
    {
        lock (_lock)
        {
            var names = string.IsNullOrEmpty(from) ? _items.Keys : _items.Keys.Where(name => string.CompareOrdinal(name, from) >= 0);
            return [.. names.Skip(skip).Take(count).Select(Body)];
        }
    }

    public void Clear()
    {
        lock (_lock) _items.Clear();
    }

    private string Body(string name)
    {
        var (data, revision, updated) = _items[name];
        var text = JsonEncodedText.Encode(name);
        return $$"""
            {"sid":"ET00000000000000000000000000000001","key":"{{text}}","unique_name":"{{text}}","revision":"{{revision}}","data":{{data}},
            "date_created":"2026-01-01T00:00:00Z","date_updated":"{{updated}}","date_expires":null}
            """;
    }

    private static string Now() => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
