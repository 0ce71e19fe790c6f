using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Telemetry;

/// <summary>The protobuf data that the collector received, in which texts are readable.</summary>
public sealed record Export(string Path, string Text, IReadOnlyDictionary<string, string> Headers);

/// <summary>An OTLP collector that stores what it receives over http/protobuf.</summary>
public sealed class CollectorStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Export> _exports = new();

    private CollectorStub(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public IReadOnlyList<Export> Exports => [.. _exports];

    public static async Task<CollectorStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new CollectorStub(builder.Build());
        stub._app.Run(stub.KeepAsync);
        await stub._app.StartAsync();
        return stub;
    }

    /// <summary>All that came to one of <c>/v1/traces</c>, <c>/v1/metrics</c> and <c>/v1/logs</c>.</summary>
    public string TextOf(string path) => string.Concat(Exports.Where(e => e.Path == path).Select(e => e.Text));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _exports.Enqueue(new(context.Request.Path, Encoding.UTF8.GetString(body.ToArray()),
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
    }
}
