using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.Sync;

/// <summary>A store of documents on a Sync that answers as scripted.</summary>
internal sealed class ScriptedSync : IAsyncDisposable
{
    private const string Service = "IS0123456789abcdef0123456789abcdef";
    private const string Dates = """ "date_created":"2026-11-22T09:00:00Z","date_updated":"2026-11-22T09:00:00Z" """;
    private const string Path = $"/v1/Services/{Service}/Documents/n";

    private readonly WebhookListener _server;
    private readonly SyncHost _host;
    private readonly Queue<int> _statuses = new();
    private (string Name, string Value)? _header;
    private string _document = "{}";

    private ScriptedSync(WebhookListener server, SyncHost host, WatchedClock clock)
    {
        (_server, _host, Clock) = (server, host, clock);
        server.Script(Path, (context, request) =>
            AnswerAsync(context, request.Method == "GET" ? 200 : _statuses.Count > 1 ? _statuses.Dequeue() : _statuses.Peek()));
    }

    public WatchedClock Clock { get; }

    /// <summary>Of the requests for the document.</summary>
    public IReadOnlyList<string> Methods => [.. _server.All.Where(r => r.Path == Path).Select(r => r.Method)];

    public static async Task<ScriptedSync> StartAsync()
    {
        var server = await WebhookListener.StartAsync();
        var clock = new WatchedClock(new ManualClock());
        server.Answer($"/v1/Services/{Service}", 200, $$"""{"sid":"{{Service}}",{{Dates}}}""");
        server.Answer($"/v1/Services/{Service}/Maps", 409);
        var host = await SyncHost.StartAsync(server.Url, clock, null, ("Sync:ServiceSid", Service));
        await host.ReadyAsync();
        return new(server, host, clock);
    }

    /// <summary>One after the other; the last one stays.</summary>
    public void Answers(params int[] statuses) => Array.ForEach(statuses, _statuses.Enqueue);

    public void Answers(int[] statuses, (string Name, string Value) header)
    {
        Answers(statuses);
        _header = header;
    }

    public void Document(string revision, string data) => _document =
        $$"""{"sid":"ET0123456789abcdef0123456789abcdef","unique_name":"n","revision":"{{revision}}","data":{{data}},{{Dates}}}""";

    public Task<Stored<DocumentFaultTests.Note>?> UpdateAsync(DocumentFaultTests.Note note) =>
        _host.Get<DocumentStore<DocumentFaultTests.Note>>().UpdateAsync("n", note, "7", null, SyncUrgency.Normal, default);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _server.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        if (_header is { } header && status >= 400) context.Response.Headers[header.Name] = header.Value;
        return context.Response.WriteAsync(status == 200 ? _document : "{}");
    }
}
