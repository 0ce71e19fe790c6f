using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.Sync;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Components.History;

/// <summary>An AgentPay whose requests for some maps are answered with 503. The long <c>Retry-After</c> prevents retries.</summary>
internal sealed class FailingMap : IAsyncDisposable
{
    private readonly HttpClient _sandbox = new();
    private readonly WebApplication _proxy;

    private FailingMap(WebApplication proxy) => _proxy = proxy;

    public SyncHost Host { get; private set; } = null!;

    public static async Task<FailingMap> StartAsync(SandboxApp sandbox, params string[] maps)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var failing = new FailingMap(builder.Build());
        failing._proxy.Run(context => failing.AnswerAsync(context, sandbox.Url, maps));
        await failing._proxy.StartAsync();
        failing.Host = await SyncHost.StartAsync(failing._proxy.Urls.Single() + "/sandbox/sync", sandbox.Clock, null,
            ("Sync:Settling", "00:00:00"));
        await failing.Host.ReadyAsync();
        return failing;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _proxy.DisposeAsync();
        _sandbox.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, Uri sandbox, string[] maps)
    {
        if (maps.Any(map => context.Request.Path.Value!.Contains(map, StringComparison.Ordinal)))
        {
            (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (503, "300");
            return;
        }
        using var request = new HttpRequestMessage(new(context.Request.Method), new Uri(sandbox, context.Request.GetEncodedPathAndQuery()));
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        if (context.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }
        using var answer = await _sandbox.SendAsync(request, context.RequestAborted);
        (context.Response.StatusCode, context.Response.ContentType) = ((int)answer.StatusCode, "application/json");
        await context.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync(context.RequestAborted), context.RequestAborted);
    }
}
