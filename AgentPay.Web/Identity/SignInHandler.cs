using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Identity;

/// <summary>Sends page navigations to Entra, but not scripts and frames. The events of the handler would come after its cookies.</summary>
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
        // The only place that sets where the sign-in leads back to: from here on it travels encrypted.
        properties.RedirectUri = LocalUrl.OrHome(properties.RedirectUri ?? OriginalPathBase + OriginalPath + Request.QueryString);
        if (Request.IsInFrame())
        {
            Response.Redirect(QueryHelpers.AddQueryString(OriginalPathBase + IdentityAddresses.SignInFromFrame, "returnUrl", properties.RedirectUri));
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
