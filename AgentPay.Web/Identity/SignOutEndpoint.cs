using AgentPay.Web.UserSessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace AgentPay.Web.Identity;

/// <summary>
/// <c>POST /signout</c>: ends the session in AgentPay, then the session at Entra (OpenID Connect RP-Initiated Logout 1.0).
/// </summary>
internal sealed class SignOutEndpoint(IAntiforgery antiforgery, Sessions sessions, ILogger<SignOutEndpoint> log)
{
    public async Task<IResult> EndAsync(HttpContext context)
    {
        // After the end of the session its antiforgery token is not valid any more, and not needed.
        if (CurrentUser.Of(context.User) is null) return SignedOut(context);
        try
        {
            // The antiforgery middleware checks only endpoints that bind a form.
            await antiforgery.ValidateRequestAsync(context);
        }
        catch (AntiforgeryValidationException)
        {
            return Results.BadRequest();
        }
        // Signs out the circuits in other tabs too.
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
