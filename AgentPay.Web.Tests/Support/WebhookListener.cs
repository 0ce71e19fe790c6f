using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Support;

/// <summary>One request that reached the listener. <see cref="Url"/> is what a signature is computed over.</summary>
public sealed record ReceivedWebhook(
    string Method, string Path, string Url, IReadOnlyList<KeyValuePair<string, string>> Form, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The value of a form field; null when it was not sent at all.</summary>
    public string? this[string field] => Form.Where(p => p.Key == field).Select(p => p.Value).FirstOrDefault();

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>A web server that stores the webhooks it receives and gives the scripted answers (by default 200 without a body).</summary>
public sealed class WebhookListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<ReceivedWebhook> _unread = Channel.CreateUnbounded<ReceivedWebhook>();
    private readonly ConcurrentQueue<ReceivedWebhook> _all = new();
    private readonly ConcurrentDictionary<string, Func<HttpContext, ReceivedWebhook, Task>> _scripts = new();

    private WebhookListener(WebApplication app) => _app = app;

    /// <summary>Base URL without a trailing slash.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Everything received so far, oldest first.</summary>
    public IReadOnlyList<ReceivedWebhook> All => [.. _all];

    public static async Task<WebhookListener> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var listener = new WebhookListener(app);
        app.Run(listener.ReceiveAsync);
        await app.StartAsync();
        listener.Url = app.Urls.Single();
        return listener;
    }

    /// <summary>Answers requests to a path with a status and a body, from now on.</summary>
    public void Answer(string path, int status, string body = "", string contentType = "text/xml") => Script(path, async (context, _) =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(body);
    });

    /// <summary>Answers requests to a path by hand, from now on.</summary>
    public void Script(string path, Func<HttpContext, ReceivedWebhook, Task> answer) => _scripts[path] = answer;

    /// <summary>The next request that has not been read yet; fails with what arrived last when none comes.</summary>
    public async Task<ReceivedWebhook> NextAsync()
    {
        using var limit = new CancellationTokenSource(TestLimit.Time);
        try
        {
            return await _unread.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No webhook came. Received last: {string.Join(", ", _all.TakeLast(20).Select(w => w.Method + " " + w.Path))}");
        }
    }

    /// <summary>Reads on until a request fits, and returns that one.</summary>
    public async Task<ReceivedWebhook> NextAsync(Func<ReceivedWebhook, bool> fits)
    {
        while (true)
        {
            var next = await NextAsync();
            if (fits(next)) return next;
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        var request = context.Request;
        var form = request.HasFormContentType
            ? (await request.ReadFormAsync()).SelectMany(f => f.Value, (f, value) => KeyValuePair.Create(f.Key, value ?? "")).ToList()
            : [];
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var webhook = new ReceivedWebhook(request.Method, request.Path, Url + target, form, headers);
        _all.Enqueue(webhook);
        await _unread.Writer.WriteAsync(webhook);
        if (_scripts.TryGetValue(request.Path, out var script)) await script(context, webhook);
    }
}
