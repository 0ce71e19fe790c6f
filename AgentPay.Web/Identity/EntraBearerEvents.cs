using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Identity;

/// <summary>Access tokens (version 1.0 and 2.0) that Entra has issued for AgentPay's API: the checks that JwtBearer does not make.</summary>
internal sealed class EntraBearerEvents(IOptions<AzureAdOptions> azureAd, RoleGroups groups, IdentityMetrics metrics) : JwtBearerEvents
{
    private const string TooLarge = "Bearer error=\"invalid_token\", error_description=\"The token is larger than 16 KiB. "
        + "Limit the groups claim of the app registration to the groups assigned to the application.\"";

    /// <summary>Without this, JwtBearer would report an unknown key while Entra cannot be reached.</summary>
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
            // A token without a scope was issued to an application in its own name.
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

    /// <summary>The caller learns nothing but the status, except what has to be changed in the app registration.</summary>
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

    /// <summary>An ID token may have the same issuer, audience and roles, but never the application it was issued to (version 1.0: <c>appid</c>).</summary>
    private static bool IsAccessToken(JsonWebToken token) =>
        (EntraClaims.TextOf(token, "azp") ?? EntraClaims.TextOf(token, "appid")) is not null
        && (EntraClaims.TextOf(token, EntraClaims.Scope) is not null || token.Claims.Any(claim => claim.Type == EntraClaims.Roles));
}
