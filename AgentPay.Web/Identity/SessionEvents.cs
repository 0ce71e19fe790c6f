using AgentPay.Web.UserSessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace AgentPay.Web.Identity;

/// <summary>Rejects the session's cookie when the session is over, and renews it while the session is used.</summary>
internal sealed class SessionEvents(Sessions sessions) : CookieAuthenticationEvents
{
    private static readonly TimeSpan RenewAfter = TimeSpan.FromMinutes(4);

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

    // By default a cookie is renewed only in the second half of its lifetime, so a session could end after one idle hour instead of two.
    public override Task CheckSlidingExpiration(CookieSlidingExpirationContext context)
    {
        context.ShouldRenew = context.ElapsedTime > RenewAfter;
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        var isOverage = context.HttpContext.User.HasClaim(claim => claim.Type == EntraClaims.GroupsMissing);
        var reason = isOverage ? DeniedReason.GroupsMissing : DeniedReason.NoRole;
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
