using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Microsoft.IdentityModel.Validators;

namespace AgentPay.Web.Identity;

/// <summary>The rules for tokens of Entra, ID tokens and access tokens alike, and the codes for tokens that break them.</summary>
internal static class EntraTokens
{
    public const string Expired = "expired";
    public const string NotYetValid = "not-yet-valid";
    public const string TooLarge = "token-too-large";
    public const string NoName = "no-name";
    public const string NoCredential = "no-client-credential";

    public static void Configure(TokenValidationParameters parameters, TimeProvider clock)
    {
        parameters.NameClaimType = EntraClaims.Name;
        parameters.RoleClaimType = EntraClaims.Roles;
        parameters.ValidAlgorithms = [SecurityAlgorithms.RsaSha256];
        parameters.TryAllIssuerSigningKeys = false;
        // The library's validator fetches discovery a second time, over https only. Without it the issuer is the one of our own discovery.
        parameters.IssuerValidator = null;
        parameters.IgnoreTrailingSlashWhenValidatingAudience = false;
        parameters.LifetimeValidator = (notBefore, expires, _, rules) => IsInTime(notBefore, expires, clock.GetUtcNow().UtcDateTime, rules.ClockSkew);
        // Entra publishes keys of several issuers in one set; a key is valid for its own issuer only.
        parameters.EnableAadSigningKeyIssuerValidation();
    }

    /// <summary>A code for why a token is refused; null when the failure has nothing to do with the token.</summary>
    public static string? WhyRefused(Exception failure) => failure switch
    {
        SignInRefusedException refused => refused.Message,
        SecurityTokenExpiredException => Expired,
        SecurityTokenNotYetValidException => NotYetValid,
        SecurityTokenInvalidIssuerException => "wrong-issuer",
        SecurityTokenInvalidAudienceException => "wrong-audience",
        SecurityTokenInvalidAlgorithmException => "wrong-algorithm",
        SecurityTokenSignatureKeyNotFoundException => "unknown-key",
        SecurityTokenInvalidSignatureException => "wrong-signature",
        OpenIdConnectProtocolInvalidNonceException => "wrong-nonce",
        SecurityTokenException or ArgumentException => "malformed",
        _ => null,
    };

    public static bool IsOf(string? tenantId, JsonWebToken token) =>
        string.Equals(EntraClaims.TextOf(token, EntraClaims.TenantId), tenantId, StringComparison.OrdinalIgnoreCase);

    private static bool IsInTime(DateTime? notBefore, DateTime? expires, DateTime now, TimeSpan skew)
    {
        if (expires is null || expires <= now - skew) throw new SecurityTokenExpiredException(Expired);
        return notBefore is null || notBefore <= now + skew ? true : throw new SecurityTokenNotYetValidException(NotYetValid);
    }
}

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

/// <summary>A sign-in that cannot be completed, or a token that is refused. The message is one of the codes of <see cref="EntraTokens"/>.</summary>
internal sealed class SignInRefusedException(string code) : Exception(code);
