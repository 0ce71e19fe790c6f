using AgentPay.Web.UserSessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Identity;

/// <summary>AgentPay's part in sign-in and sign-out at Entra: addresses, hints, the client credential, the claims that are kept, and failures.</summary>
internal sealed class SignInEvents(
    Sessions sessions, IdentityAddresses addresses, ClientCredential credential, RoleGroups groups, IdentityMetrics metrics,
    IOptions<AzureAdOptions> azureAd, ILogger<SignInEvents> log) : OpenIdConnectEvents
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
        // No endpoint is published for it, so the sign-out ends here.
        context.Response.Redirect(context.Request.PathBase + IdentityAddresses.SignedOut);
        context.HandleResponse();
        return Task.CompletedTask;
    }

    /// <summary>Errors arrive in the URL, so anybody can write them, and the handler logs them: they are cut to one line first.</summary>
    public override Task MessageReceived(MessageReceivedContext context)
    {
        var message = context.ProtocolMessage;
        (message.Error, message.ErrorDescription, message.ErrorUri) = (Readable(message.Error), Readable(message.ErrorDescription), Readable(message.ErrorUri));
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
        if (!EntraTokens.IsOf(azureAd.Value.TenantId, token)) context.Fail(new SignInRefusedException("wrong-tenant"));
        else if (EntraClaims.PrincipalNameOf(token) is { } name) context.Principal = EntraClaims.PrincipalOf(token, context.Scheme.Name, name, groups);
        else context.Fail(new SignInRefusedException(EntraTokens.NoName));
        return Task.CompletedTask;
    }

    public override Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        if (EntraTokens.WhyRefused(context.Exception) is { } why) context.Fail(new SignInRefusedException(why));
        return Task.CompletedTask;
    }

    public override Task TicketReceived(TicketReceivedContext context)
    {
        // Only the code exchange needed it, and it would make the cookie larger.
        context.Properties!.Items.Remove(OpenIdConnectDefaults.RedirectUriForCodePropertiesKey);
        sessions.Begin(context.Principal!);
        metrics.SignIn("signed-in");
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
        // The state was used before: the browser's Back button leads to Entra, and from there here once more.
        if (isUnknownState && await IsSignedInAsync(context.HttpContext)) context.Response.Redirect(LocalUrl.OrHome(context.Properties?.RedirectUri));
        else context.HttpContext.Deny(reason, log, context.Failure);
    }

    /// <summary>By default a sign-out that comes back without a state ends on a blank page.</summary>
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
        // InvalidOperationException is what ConfigurationManager throws while discovery cannot be reached.
        HttpRequestException or OperationCanceledException or InvalidOperationException => DeniedReason.EntraUnreachable,
        { Data: var details } when details.Contains("error") => DeniedReason.EntraRefused,
        _ => DeniedReason.SignInFailed,
    };

    private static string? Readable(string? text) => text is null ? null : OneLine.Of(text);
}
