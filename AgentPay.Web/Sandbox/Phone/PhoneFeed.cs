using System.Text.Json;
using AgentPay.Web.Sandbox.Control;
using AgentPay.Web.Sandbox.Voice;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Phone;

/// <summary>Tells open pages how their customer's call stands, whenever that changes: server-sent events, each a whole <see cref="PhoneState"/>.</summary>
internal sealed class PhoneFeed(Legs legs, Typist typist, IOptions<SandboxOptions> options, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    public const int MostPages = 20;

    /// <summary>A page that has gone without a word is noticed when it is written to.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);

    private int _pages;

    /// <summary>Ends when the page is closed or the server stops.</summary>
    public async Task FollowAsync(HttpContext context)
    {
        if (HandsetNumber.Read(context.Request.Query["number"].ToString()) is not { } number)
        {
            await ControlEndpoints.Problem("number must be a number in E.164 format, such as +61400000000").ExecuteAsync(context);
            return;
        }
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var pages = Interlocked.Increment(ref _pages);
        try
        {
            if (pages <= MostPages) await SendAsync(context, number, over.Token);
            else await ControlEndpoints.Problem($"{MostPages} phones are open already: close one", StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Nobody is left to tell, or nobody to tell it.
        }
        finally
        {
            Interlocked.Decrement(ref _pages);
        }
    }

    private async Task SendAsync(HttpContext context, string number, CancellationToken over)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        for (var last = ""; ;)
        {
            var changed = legs.Changed;
            var now = JsonSerializer.Serialize(PhoneState.Of(number, legs, typist, options.Value.UuiHeader), SandboxJson.Control);
            if (now != last) await context.Response.WriteAsync($"data: {now}\n\n", over);
            last = now;
            if (!await EndsInTimeAsync(changed, over)) await context.Response.WriteAsync(": still here\n\n", over);
        }
    }

    private async Task<bool> EndsInTimeAsync(Task changed, CancellationToken over)
    {
        try
        {
            await changed.WaitAsync(LongestSilence, clock, over);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
