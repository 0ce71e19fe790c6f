using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Microsoft.IdentityModel.Validators;

namespace AgentPay.Web.Identity;

/// <summary>The validation rules for Entra's ID tokens and access tokens, and the codes for refused tokens.</summary>
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
        // The library's validator fetches discovery a second time, over https only. Without it, the issuer of our discovery is required.
        parameters.IssuerValidator = null;
        parameters.IgnoreTrailingSlashWhenValidatingAudience = false;
        parameters.LifetimeValidator = (notBefore, expires, _, rules) =>
            IsInTime(notBefore, expires, clock.GetUtcNow().UtcDateTime, rules.ClockSkew);
        // Entra publishes keys of several issuers in one set. Each key is valid for its own issuer only.
        parameters.EnableAadSigningKeyIssuerValidation();
    }

    /// <summary>Returns the code of a refused token; null if the failure has another cause.</summary>
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

/// <summary>Validates Entra's tokens. Requires a signature, and limits their size.</summary>
internal sealed class EntraTokenHandler : JsonWebTokenHandler
{
    private const int LongestToken = 16 * 1024;

    public EntraTokenHandler() => MapInboundClaims = false;

    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (token.Length > LongestToken)
            return Task.FromResult(new TokenValidationResult { Exception = new SignInRefusedException(EntraTokens.TooLarge) });
        // OpenIdConnectHandler accepts unsigned ID tokens from the token endpoint (OpenID Connect Core 1.0, 3.1.3.7).
        validationParameters.RequireSignedTokens = true;
        return base.ValidateTokenAsync(token, validationParameters);
    }
}

/// <summary>A refused sign-in or token. The message is a code, such as those of <see cref="EntraTokens"/>.</summary>
internal sealed class SignInRefusedException(string code) : Exception(code);
