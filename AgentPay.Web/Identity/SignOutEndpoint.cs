using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Identity;

/// <summary><c>POST /signout</c>: ends the session here, and then the one at Entra (OpenID Connect RP-Initiated Logout 1.0).</summary>
internal sealed class SignOutEndpoint(IAntiforgery antiforgery, Sessions sessions, EntraDiscovery discovery, IdentityAddresses addresses, ILogger<SignOutEndpoint> log)
{
    public async Task<IResult> EndAsync(HttpContext context)
    {
        // A session that is over already leaves nothing to protect, and its antiforgery token would no longer fit.
        if (CurrentUser.Of(context.User) is null) return SignedOut(context);
        try
        {
            // Endpoints that bind no form are not checked by the antiforgery middleware.
            await antiforgery.ValidateRequestAsync(context);
        }
        catch (AntiforgeryValidationException)
        {
            return Results.BadRequest();
        }
        // The other tabs hear of it too.
        sessions.SignOut(context.User);
        await context.SignOutAsync(IdentitySchemes.Session);
        return await AtEntraAsync(context) is { } url ? Results.Redirect(url) : SignedOut(context);
    }

    /// <summary>Where the session at Entra is ended; null when Entra does not say.</summary>
    private async Task<string?> AtEntraAsync(HttpContext context)
    {
        try
        {
            var endpoint = (await discovery.GetAsync(context.RequestAborted)).EndSessionEndpoint;
            return string.IsNullOrEmpty(endpoint) ? null : QueryHelpers.AddQueryString(endpoint, "post_logout_redirect_uri", addresses.SignedOutCallback(context.Request));
        }
        catch (EntraUnreachableException failure)
        {
            log.SignOutStayedLocal(failure);
            return null;
        }
    }

    private static IResult SignedOut(HttpContext context) => Results.Redirect(context.Request.PathBase + IdentityAddresses.SignedOut);
}
