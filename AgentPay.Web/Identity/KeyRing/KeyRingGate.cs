namespace AgentPay.Web.Identity;

/// <summary>
/// Pages, and whatever shows a cookie, wait a little for the key ring when the process has just started; without it nobody could be known, and
/// everybody would seem to be signed out. Webhooks, bearers and health checks do without.
/// </summary>
internal sealed class KeyRingGate(SyncKeyRing ring, TimeProvider clock)
{
    private const string Words = "AgentPay has not reached Twilio Sync since it was started, and cannot tell yet who you are. Calls go on. This page tries again by itself.";

    /// <summary>Whole in itself: a style sheet would be asked for with a cookie, too, and wait as well.</summary>
    private const string Page = $"""
        <!DOCTYPE html>
        <html lang="en" style="color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>One moment · AgentPay</title></head>
        <body style="max-width: 34rem; margin: 12vh auto 0; padding: 0 1.25rem"><main><h1 style="font-size: 1.4rem">One moment</h1><p>{Words}</p></main></body>
        </html>
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (ring.Opened.IsCompleted || !NeedsKeys(context.Request) || await IsOpenedAsync(context.RequestAborted)) await next(context);
        else await AskToComeBackAsync(context);
    }

    private static bool NeedsKeys(HttpRequest request) => request.IsNavigation() || request.Headers.Cookie.Count > 0;

    private async Task<bool> IsOpenedAsync(CancellationToken cancellation)
    {
        await ring.Opened.WaitAsync(Patience, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ring.Opened.IsCompleted;
    }

    private static Task AskToComeBackAsync(HttpContext context)
    {
        var response = context.Response;
        SyncTokenEndpoint.AskToComeBack(response);
        // A browser tries again by itself.
        response.Headers["Refresh"] = "5";
        response.Headers.CacheControl = "no-store";
        if (!context.Request.IsNavigation()) return response.WriteAsync(Words);
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(Page);
    }
}
