using System.Text.Json;
using System.Threading.Channels;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Analytics;

/// <summary>A request that the stub has received.</summary>
internal sealed record SegmentCall(string Target, string? Authorization, string? ContentType, long? Length, JsonElement Body)
{
    public IReadOnlyList<JsonElement> Events => [.. Body.GetProperty("batch").EnumerateArray()];

    public IReadOnlyList<string> Names => [.. Events.Select(e => e.GetProperty("event").GetString()!)];

    public IReadOnlyList<string> MessageIds => [.. Events.Select(e => e.GetProperty("messageId").GetString()!)];
}

/// <summary>Stands in for Segment: records requests, and gives the configured answers or <c>{"success":true}</c>.</summary>
internal sealed class SegmentStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<SegmentCall> _unread = Channel.CreateUnbounded<SegmentCall>();
    private readonly Queue<Func<HttpContext, Task>> _answers = [];

    private SegmentStub(WebApplication app) => _app = app;

    public string BaseUrl => _app.Urls.Single() + "/v1";

    /// <summary>The number of requests that the test has not read yet.</summary>
    public int Unread => _unread.Reader.Count;

    public static async Task<SegmentStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new SegmentStub(app);
        app.Run(stub.ReceiveAsync);
        await app.StartAsync();
        return stub;
    }

    /// <summary>Configures the answer of the next request without one.</summary>
    public void Next(Func<HttpContext, Task> answer) => _answers.Enqueue(answer);

    public void Next(int status, string? retryAfter = null, int times = 1)
    {
        for (var time = 0; time < times; time++)
            Next(context =>
            {
                context.Response.StatusCode = status;
                if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
                return Task.CompletedTask;
            });
    }

    /// <summary>Leaves the next request without an answer.</summary>
    public void NextHangs() => Next(context =>
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    });

    public async Task<SegmentCall> CallAsync()
    {
        using var limit = new CancellationTokenSource(TestLimit.Time);
        return await _unread.Reader.ReadAsync(limit.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        var request = context.Request;
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
        var answer = _answers.TryDequeue(out var scripted) ? scripted : _ => context.Response.WriteAsync("""{"success":true}""");
        await _unread.Writer.WriteAsync(
            new($"{request.Method} {request.Path}", request.Headers.Authorization, request.ContentType, request.ContentLength, body));
        await answer(context);
    }
}
