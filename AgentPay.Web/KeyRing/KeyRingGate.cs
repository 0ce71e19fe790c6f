namespace AgentPay.Web.KeyRing;

/// <summary>
/// Makes pages and requests with cookies wait for the key ring while the process starts: without it no cookie can be read, and every
/// user would seem to be signed out. Webhooks, bearer tokens and health checks do not wait.
/// </summary>
internal sealed class KeyRingGate(SyncKeyRing ring, TimeProvider clock)
{
    private const string Words =
        "AgentPay has not reached Twilio Sync since it was started, and cannot tell yet who you are. Calls go on. "
        + "This page tries again by itself.";

    /// <summary>Without a style sheet: the request for it would carry a cookie and wait as well.</summary>
    private const string Page = $"""
        <!DOCTYPE html>
        <html lang="en" style="color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>One moment · AgentPay</title></head>
        <body style="max-width: 34rem; margin: 12vh auto 0; padding: 0 1.25rem"><main><h1 style="font-size: 1.4rem">One moment</h1><p>{Words}</p></main></body>
        </html>
        """;

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (ring.Opened.IsCompleted || !NeedsKeys(context.Request) || await IsOpenedAsync(context.RequestAborted)) await next(context);
        else await AnswerUnavailableAsync(context);
    }

    private static bool NeedsKeys(HttpRequest request) => request.IsNavigation() || request.Headers.Cookie.Count > 0;

    private async Task<bool> IsOpenedAsync(CancellationToken cancellation)
    {
        await ring.Opened.WaitAsync(Timeouts.KeyRing, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ring.Opened.IsCompleted;
    }

    private static Task AnswerUnavailableAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = "5";
        // Browsers reload the page after this many seconds.
        response.Headers["Refresh"] = "5";
        response.Headers.CacheControl = "no-store";
        if (!context.Request.IsNavigation()) return response.WriteAsync(Words);
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(Page);
    }
}
