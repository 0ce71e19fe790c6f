using System.Text;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Identity;

/// <summary>
/// <c>GET|POST /getSyncToken</c>: the bare token, for the user who asks; no parameter has any influence.
/// It is text/plain, which axios and fetch both hand over as it is: a token is not JSON, whatever its predecessor called it.
/// A GET with the session's cookie needs no antiforgery token: it changes nothing but what its user may read, its answer is kept out of caches, and another site
/// cannot read it, because the cookie is SameSite=Lax and no CORS answer ever allows credentials. Front ends on other sites send an
/// Entra access token instead.
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
            AskToComeBack(context.Response);
            return Results.Empty;
        }
    }

    /// <summary>503: nothing can be said until Sync has been reached.</summary>
    public static void AskToComeBack(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = "5";
    }
}
