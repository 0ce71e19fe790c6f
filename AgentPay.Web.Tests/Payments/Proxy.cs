using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Payments;

/// <summary>A web server that forwards requests unchanged to a configurable address.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly HttpClient _http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly WebApplication _app;

    private Proxy(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    public static async Task<Proxy> StartAsync(Func<Proxy, HttpContext, Task> handle)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var proxy = new Proxy(builder.Build());
        proxy._app.Run(context => handle(proxy, context));
        await proxy._app.StartAsync();
        proxy.Url = proxy._app.Urls.Single();
        return proxy;
    }

    /// <summary>The answer of the server behind; its sender does not hear it yet.</summary>
    public async Task<HttpResponseMessage> ForwardAsync(HttpContext context, string to, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method),
            to + context.Request.Path + context.Request.QueryString);
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellation);
        if (body.Length > 0) request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, value) in context.Request.Headers.Where(h => h.Key != "Host"))
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
        return await _http.SendAsync(request, cancellation);
    }

    public static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers)
            .Where(h => h.Key is not ("Transfer-Encoding" or "Connection"))) context.Response.Headers[name] = values.ToArray();
        var body = await answer.Content.ReadAsByteArrayAsync();
        // A 204 bears no write, not even of nothing: the connection would be closed under whatever is sent on it next.
        if (body.Length > 0) await context.Response.Body.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }
}
