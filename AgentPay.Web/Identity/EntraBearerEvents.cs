using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Identity;

/// <summary>Checks Entra's access tokens (version 1.0 and 2.0) for AgentPay's API, in addition to the checks of JwtBearer.</summary>
internal sealed class EntraBearerEvents(IOptions<AzureAdOptions> azureAd, RoleGroups groups, IdentityMetrics metrics) : JwtBearerEvents
{
    private const string TooLarge = "Bearer error=\"invalid_token\", error_description=\"The token is larger than 16 KiB. "
        + "Limit the groups claim of the app registration to the groups assigned to the application.\"";

    // Loads the signing keys first. Otherwise JwtBearer would report an unknown key while Entra cannot be reached.
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        if (BearerToken.Read(context.Request) is null) return;
        try
        {
            await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            Refuse(context, DeniedReason.EntraUnreachable);
        }
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;
        if (!EntraTokens.IsOf(azureAd.Value.TenantId, token)) Refuse(context, "wrong-tenant");
        else if (!IsAccessToken(token)) Refuse(context, "no-access-token");
        else
        {
            // A token without a scope was issued to an application, not to a user.
            var principalName = EntraClaims.TextOf(token, EntraClaims.Scope) is null ? null : EntraClaims.PrincipalNameOf(token);
            context.Principal = EntraClaims.PrincipalOf(token, context.Scheme.Name, principalName, groups);
            metrics.AccessToken("accepted");
        }
        return Task.CompletedTask;
    }

    public override Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        Refuse(context, EntraTokens.WhyRefused(context.Exception) ?? "malformed");
        return Task.CompletedTask;
    }

    // The answer does not say why a token is refused, except for an error in the app registration.
    public override Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = context.AuthenticateFailure?.Message == EntraTokens.TooLarge ? TooLarge : "Bearer";
        return Task.CompletedTask;
    }

    private void Refuse(ResultContext<JwtBearerOptions> context, string why)
    {
        metrics.AccessToken(why);
        context.Fail(why);
    }

    // An ID token may have the same issuer, audience and roles. Only access tokens have the client's id (azp, in version 1.0 appid).
    private static bool IsAccessToken(JsonWebToken token) =>
        (EntraClaims.TextOf(token, "azp") ?? EntraClaims.TextOf(token, "appid")) is not null
        && (EntraClaims.TextOf(token, EntraClaims.Scope) is not null || token.Claims.Any(claim => claim.Type == EntraClaims.Roles));
}
