using System.Text;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Identity;

/// <summary>
/// <c>GET|POST /getSyncToken</c>: answers with a Sync token of the user, as text/plain. Parameters are ignored. A GET with the session's
/// cookie needs no antiforgery token: it changes only the user's own permissions, the answer is not cached, and other sites cannot read it,
/// because no CORS answer allows credentials. Front ends on other sites send an Entra access token instead.
/// </summary>
internal static class SyncTokenEndpoint
{
    public static async Task<IResult> IssueAsync(HttpContext context, SyncTokens tokens, SyncAcl acl, ILogger<SyncTokens> log)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var user = CurrentUser.Of(context.User)!;
        try
        {
            var token = tokens.Mint(user);
            await acl.SettleMapsAsync(user.PrincipalName, context.RequestAborted);
            log.SyncTokenIssued(user.PrincipalName);
            return Results.Text(token, "text/plain", Encoding.UTF8);
        }
        catch (SyncNotReadyException)
        {
            SetSyncNotReady(context.Response);
            return Results.Empty;
        }
    }

    /// <summary>Sets the status to 503 with <c>Retry-After</c>, for a request that needs Sync before Sync has been reached.</summary>
    public static void SetSyncNotReady(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = "5";
    }
}
