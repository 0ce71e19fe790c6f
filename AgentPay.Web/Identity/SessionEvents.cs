using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace AgentPay.Web.Identity;

/// <summary>
/// The console's session: ends two hours after the last request, and eight hours after the sign-in whatever happens, so that somebody
/// whose role was taken away is out within a shift.
/// </summary>
internal sealed class SessionEvents(TimeProvider clock) : CookieAuthenticationEvents
{
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    private const string EndKey = ".ends";

    public static void Begin(AuthenticationProperties properties, DateTimeOffset now) =>
        properties.Items[EndKey] = (now + Longest).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var isOver = !context.Properties.Items.TryGetValue(EndKey, out var text)
            || !long.TryParse(text, CultureInfo.InvariantCulture, out var end)
            || clock.GetUtcNow().ToUnixTimeSeconds() >= end;
        if (!isOver) return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentitySchemes.Session);
    }

    /// <summary>Signed in, but without the role.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.IsNavigation()) context.HttpContext.Deny(DeniedReason.NoRole);
        else context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
