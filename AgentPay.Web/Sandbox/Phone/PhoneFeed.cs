using System.Text.Json;
using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Messaging;
using AgentPay.Web.Sandbox.Voice;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Phone;

// Sends the state of a customer's call to the open pages after each change, as server-sent events. Each event is a complete PhoneState.
internal sealed class PhoneFeed(
    Legs legs,
    TextMessages messages,
    Typist typist,
    IOptions<SandboxOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider clock)
{
    public const int MaxPages = 20;

    // A write detects a connection that was lost without notice.
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(15);

    private int _pages;

    // Completes when the page is closed or the server stops.
    public async Task StreamAsync(HttpContext context)
    {
        if (HandsetNumber.Read(context.Request.Query["number"].ToString()) is not { } number)
        {
            await ControlEndpoints.Problem("number must be a number in E.164 format, such as +61400000000").ExecuteAsync(context);
            return;
        }
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var pages = Interlocked.Increment(ref _pages);
        try
        {
            if (pages <= MaxPages) await SendAsync(context, number, ended.Token);
            else await TooManyPages().ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The page was closed, or the server is stopping.
        }
        finally
        {
            Interlocked.Decrement(ref _pages);
        }
    }

    private static IResult TooManyPages() =>
        ControlEndpoints.Problem($"{MaxPages} phones are already open. Close one", StatusCodes.Status503ServiceUnavailable);

    private async Task SendAsync(HttpContext context, string number, CancellationToken ended)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        for (var last = ""; ;)
        {
            var changed = Task.WhenAny(legs.Changed, messages.Changed);
            var shown = PhoneState.Of(number, legs, messages, typist, options.Value.UuiHeader);
            var state = JsonSerializer.Serialize(shown, SandboxJson.Control);
            if (state != last) await context.Response.WriteAsync($"data: {state}\n\n", ended);
            last = state;
            if (!await WaitForChangeAsync(changed, ended)) await context.Response.WriteAsync(": keep-alive\n\n", ended);
        }
    }

    private async Task<bool> WaitForChangeAsync(Task changed, CancellationToken ended)
    {
        try
        {
            await changed.WaitAsync(KeepAliveInterval, clock, ended);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
