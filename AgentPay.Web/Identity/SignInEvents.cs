using AgentPay.Web.UserSessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Identity;

/// <summary>
/// Customises sign-in and sign-out with Entra: callback URLs, hints, the client credential, the kept claims, and the handling of failures.
/// </summary>
internal sealed class SignInEvents(
    Sessions sessions,
    IdentityAddresses addresses,
    ClientCredential credential,
    RoleGroups groups,
    IdentityMetrics metrics,
    IOptions<AzureAdOptions> azureAd,
    ILogger<SignInEvents> log) : OpenIdConnectEvents
{
    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        context.ProtocolMessage.RedirectUri = addresses.SignInCallback(context.Request);
        SignInHints.AddTo(context.ProtocolMessage, context.Request, context.Properties.RedirectUri);
        return Task.CompletedTask;
    }

    public override Task RedirectToIdentityProviderForSignOut(RedirectContext context)
    {
        context.ProtocolMessage.PostLogoutRedirectUri = addresses.SignedOutCallback(context.Request);
        if (!string.IsNullOrEmpty(context.ProtocolMessage.IssuerAddress)) return Task.CompletedTask;
        // The discovery document has no sign-out endpoint, so the sign-out ends here.
        context.Response.Redirect(context.Request.PathBase + IdentityAddresses.SignedOut);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    // The errors come from the URL, which anybody can forge, and the handler logs them. Line breaks are removed first.
    public override Task MessageReceived(MessageReceivedContext context)
    {
        var message = context.ProtocolMessage;
        message.Error = Readable(message.Error);
        message.ErrorDescription = Readable(message.ErrorDescription);
        message.ErrorUri = Readable(message.ErrorUri);
        return Task.CompletedTask;
    }

    public override async Task AuthorizationCodeReceived(AuthorizationCodeReceivedContext context)
    {
        var entra = await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        await credential.AddToAsync(context.TokenEndpointRequest!, entra.TokenEndpoint);
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        var token = new JsonWebToken(context.TokenEndpointResponse!.IdToken);
        var isOurTenant = EntraTokens.IsOf(azureAd.Value.TenantId, token);
        if (!isOurTenant) context.Fail(new SignInRefusedException("wrong-tenant"));
        else if (EntraClaims.PrincipalNameOf(token) is not { } name) context.Fail(new SignInRefusedException(EntraTokens.NoName));
        else context.Principal = EntraClaims.PrincipalOf(token, context.Scheme.Name, name, groups);
        return Task.CompletedTask;
    }

    public override Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        if (EntraTokens.WhyRefused(context.Exception) is { } why) context.Fail(new SignInRefusedException(why));
        return Task.CompletedTask;
    }

    public override Task TicketReceived(TicketReceivedContext context)
    {
        // Only the code exchange needs it. It would make the cookie larger.
        context.Properties!.Items.Remove(OpenIdConnectDefaults.RedirectUriForCodePropertiesKey);
        sessions.Begin(context.Principal!);
        metrics.SignIn("signed-in");
        context.ReturnUri = LandingPage.Of(CurrentUser.Of(context.Principal), context.Request.PathBase, context.ReturnUri);
        return Task.CompletedTask;
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        metrics.SignIn(DeniedReason.Cancelled);
        context.HttpContext.Deny(DeniedReason.Cancelled);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        var reason = ReasonOf(context.Failure);
        metrics.SignIn(reason);
        var isUnknownState = context.Failure is AuthenticationFailureException && reason == DeniedReason.SignInFailed;
        // The browser's Back button returns to Entra, which redirects here again with a state that was already used.
        if (isUnknownState && await IsSignedInAsync(context.HttpContext))
            context.Response.Redirect(LocalUrl.OrHome(context.Properties?.RedirectUri));
        else
            context.HttpContext.Deny(reason, log, context.Failure);
    }

    // By default a sign-out that returns without a state ends on a blank page.
    public override Task SignedOutCallbackRedirect(RemoteSignOutContext context)
    {
        context.Response.Redirect(context.Request.PathBase + IdentityAddresses.SignedOut);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    private static async Task<bool> IsSignedInAsync(HttpContext context) =>
        CurrentUser.Of((await context.AuthenticateAsync(IdentitySchemes.Session)).Principal) is not null;

    private static string ReasonOf(Exception? failure) => failure switch
    {
        SignInRefusedException { Message: EntraTokens.Expired or EntraTokens.NotYetValid } => DeniedReason.WrongClock,
        SignInRefusedException { Message: EntraTokens.TooLarge } => DeniedReason.TokenTooLarge,
        SignInRefusedException { Message: EntraTokens.NoName } => DeniedReason.NoName,
        SignInRefusedException { Message: EntraTokens.NoCredential } or MsalException => DeniedReason.NoCredential,
        SignInRefusedException => DeniedReason.TokenRefused,
        // ConfigurationManager throws InvalidOperationException while discovery cannot be reached.
        HttpRequestException or OperationCanceledException or InvalidOperationException => DeniedReason.EntraUnreachable,
        { Data: var details } when details.Contains("error") => DeniedReason.EntraRefused,
        _ => DeniedReason.SignInFailed,
    };

    private static string? Readable(string? text) => text is null ? null : OneLine.Of(text);
}
