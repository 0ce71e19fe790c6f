using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Identity;

/// <summary>
/// Redirects page navigations to Entra. Scripts get 401, frames get a page that opens a window. This is not done in the handler's events,
/// because it sets its cookies before it raises them.
/// </summary>
internal sealed class SignInHandler(
    IOptionsMonitor<OpenIdConnectOptions> options, ILoggerFactory logger, HtmlEncoder html, UrlEncoder encoder, IdentityMetrics metrics)
    : OpenIdConnectHandler(options, logger, html, encoder)
{
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (!Request.IsNavigation())
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        // The return URL is validated only here. After this it is part of the encrypted state.
        properties.RedirectUri = LocalUrl.OrHome(properties.RedirectUri ?? OriginalPathBase + OriginalPath + Request.QueryString);
        if (Request.IsInFrame())
        {
            var page = OriginalPathBase + IdentityAddresses.SignInFromFrame;
            Response.Redirect(QueryHelpers.AddQueryString(page, "returnUrl", properties.RedirectUri));
            return;
        }
        try
        {
            await base.HandleChallengeAsync(properties);
        }
        catch (InvalidOperationException failure)
        {
            metrics.SignIn(DeniedReason.EntraUnreachable);
            Context.Deny(DeniedReason.EntraUnreachable, Logger, failure);
        }
    }
}
