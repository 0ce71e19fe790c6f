using AgentPay.Web.UserSessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace AgentPay.Web.Identity;

/// <summary><c>POST /signout</c>: ends the session here, and then the one at Entra (OpenID Connect RP-Initiated Logout 1.0).</summary>
internal sealed class SignOutEndpoint(IAntiforgery antiforgery, Sessions sessions, ILogger<SignOutEndpoint> log)
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
        try
        {
            await context.SignOutAsync(IdentitySchemes.SignIn);
            return Results.Empty;
        }
        catch (InvalidOperationException failure)
        {
            log.SignOutStayedLocal(failure);
            return SignedOut(context);
        }
    }

    private static IResult SignedOut(HttpContext context) => Results.Redirect(context.Request.PathBase + IdentityAddresses.SignedOut);
}
