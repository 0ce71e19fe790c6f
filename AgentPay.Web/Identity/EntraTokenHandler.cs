using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Identity;

/// <summary>Reads tokens of Entra. Requires a signature for all of them, and limits their size.</summary>
internal sealed class EntraTokenHandler : JsonWebTokenHandler
{
    private const int LongestToken = 16 * 1024;

    public EntraTokenHandler() => MapInboundClaims = false;

    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (token.Length > LongestToken) return Task.FromResult(new TokenValidationResult { Exception = new SignInRefusedException(EntraTokens.TooLarge) });
        // OpenIdConnectHandler accepts unsigned ID tokens from the token endpoint (OpenID Connect Core 1.0, 3.1.3.7).
        validationParameters.RequireSignedTokens = true;
        return base.ValidateTokenAsync(token, validationParameters);
    }
}
