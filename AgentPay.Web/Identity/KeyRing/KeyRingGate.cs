namespace AgentPay.Web.Identity;

/// <summary>
/// Pages, and whatever shows a cookie, wait a little for the key ring when the process has just started; without it nobody could be known, and
/// everybody would seem to be signed out. Webhooks, bearers and health checks do without.
/// </summary>
internal sealed class KeyRingGate(SyncKeyRing ring, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (ring.Opened.IsCompleted || !NeedsKeys(context.Request) || await IsOpenedAsync(context.RequestAborted)) await next(context);
        else await AskToComeBackAsync(context.Response);
    }

    private static bool NeedsKeys(HttpRequest request) => request.IsNavigation() || request.Headers.Cookie.Count > 0;

    private async Task<bool> IsOpenedAsync(CancellationToken cancellation)
    {
        await ring.Opened.WaitAsync(Patience, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ring.Opened.IsCompleted;
    }

    private static Task AskToComeBackAsync(HttpResponse response)
    {
        SyncTokenEndpoint.AskToComeBack(response);
        // A browser tries again by itself.
        response.Headers["Refresh"] = "5";
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync("AgentPay has not reached Twilio Sync since it was started, and cannot tell yet who you are. Calls go on. This page tries again by itself.");
    }
}
