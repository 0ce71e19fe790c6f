using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace AgentPay.Web.Identity;

/// <summary>Access tokens (v2.0) that Entra has issued for AgentPay's API: how front ends of one's own call it.</summary>
internal sealed class EntraBearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, EntraTokens tokens, IOptions<AzureAdOptions> azureAd)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0) return AuthenticateResult.NoResult();
        if (BearerToken.Read(Request) is not { } text) return AuthenticateResult.Fail("no-bearer-token");
        try
        {
            var verdict = await tokens.CheckAsync(text, Audiences, Context.RequestAborted);
            if (!verdict.IsValid) return AuthenticateResult.Fail(verdict.Refusal);
            return IsAccessToken(verdict.Token)
                ? AuthenticateResult.Success(new(EntraClaims.PrincipalOf(verdict.Token, Scheme.Name), Scheme.Name))
                : AuthenticateResult.Fail("no-access-token");
        }
        catch (EntraUnreachableException)
        {
            return AuthenticateResult.Fail("entra-unreachable");
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private IEnumerable<string> Audiences
    {
        get
        {
            var (clientId, audience) = (azureAd.Value.ClientId!, azureAd.Value.Audience);
            return audience is null ? [clientId, $"api://{clientId}"] : [clientId, $"api://{clientId}", audience];
        }
    }

    /// <summary>An ID token may have the same issuer, audience and roles; what it never has is the application that it was issued to.</summary>
    private static bool IsAccessToken(JsonWebToken token) =>
        EntraClaims.TextOf(token, "azp") is not null && (EntraClaims.TextOf(token, "scp") is not null || token.Claims.Any(claim => claim.Type == EntraClaims.Roles));
}
