namespace AgentPay.Web.KeyRing;

/// <summary>
/// Makes pages and requests with cookies wait until the key ring is loaded, and answers 503 after <see cref="Timeouts.KeyRing"/>.
/// Without the keys every user would appear signed out. Webhooks, bearer tokens and health checks do not wait.
/// </summary>
internal sealed class KeyRingGate(SyncKeyRing ring, TimeProvider clock)
{
    private const string Message =
        "AgentPay is starting and has not reached Twilio Sync yet. Calls continue. This page reloads automatically.";

    // The styles are inline: a request for a style sheet has a cookie and would wait too.
    private const string Page = $"""
        <!DOCTYPE html>
        <html lang="en" style="color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif">
        <head>
        <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>One moment · AgentPay</title>
        </head>
        <body style="max-width: 34rem; margin: 12vh auto 0; padding: 0 1.25rem">
        <main><h1 style="font-size: 1.4rem">One moment</h1><p>{Message}</p></main>
        </body>
        </html>
        """;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var isOpen = ring.Opened.IsCompleted || !NeedsKeys(context.Request) || await IsOpenedInTimeAsync(context.RequestAborted);
        if (isOpen) await next(context);
        else await AnswerUnavailableAsync(context);
    }

    private static bool NeedsKeys(HttpRequest request) => request.IsNavigation() || request.Headers.Cookie.Count > 0;

    private async Task<bool> IsOpenedInTimeAsync(CancellationToken cancellation)
    {
        await ring.Opened.WaitAsync(Timeouts.KeyRing, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ring.Opened.IsCompleted;
    }

    private static Task AnswerUnavailableAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = "5";
        response.Headers["Refresh"] = "5";
        response.Headers.CacheControl = "no-store";
        if (!context.Request.IsNavigation()) return response.WriteAsync(Message);
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(Page);
    }
}
