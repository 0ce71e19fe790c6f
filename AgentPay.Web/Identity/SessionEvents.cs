using AgentPay.Web.UserSessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace AgentPay.Web.Identity;

/// <summary>The session's cookie: refused when the session is over, written anew while it is used.</summary>
internal sealed class SessionEvents(Sessions sessions) : CookieAuthenticationEvents
{
    /// <summary>Younger cookies are left as they are.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(4);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (!sessions.IsOver(context.Principal))
        {
            sessions.Use(context.Principal!);
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentitySchemes.Session);
    }

    // By default a cookie is renewed only in the second half of its time: two idle hours would often be one.
    public override Task CheckSlidingExpiration(CookieSlidingExpirationContext context)
    {
        context.ShouldRenew = context.ElapsedTime > Fresh;
        return Task.CompletedTask;
    }

    /// <summary>Signed in, but without the role.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        var reason = context.HttpContext.User.HasClaim(claim => claim.Type == EntraClaims.GroupsMissing) ? DeniedReason.GroupsMissing : DeniedReason.NoRole;
        if (context.Request.IsNavigation()) context.HttpContext.Deny(reason);
        else context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
