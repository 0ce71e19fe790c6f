using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Microsoft.IdentityModel.Validators;

namespace AgentPay.Web.Identity;

/// <summary>Checks the tokens that Entra issues: signature (RS256 alone), the key's own issuer, issuer, audience, tenant, lifetime.</summary>
internal sealed class EntraTokens(EntraDiscovery discovery, IOptions<AzureAdOptions> options, TimeProvider clock)
{
    private const int LongestToken = 16 * 1024;

    /// <summary>By how much this server's clock and Entra's may differ; Microsoft's own libraries allow as much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly JsonWebTokenHandler _tokens = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken };

    /// <exception cref="EntraUnreachableException">Entra's keys are not known.</exception>
    public async Task<EntraVerdict> CheckAsync(string token, IEnumerable<string> audiences, CancellationToken cancellation)
    {
        var result = await ValidateAsync(token, audiences, await discovery.GetAsync(cancellation));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            result = await ValidateAsync(token, audiences, await discovery.RefreshAsync(cancellation));
        return result.IsValid ? Judge((JsonWebToken)result.SecurityToken) : EntraVerdict.Refused(WhyRefused(result.Exception));
    }

    private Task<TokenValidationResult> ValidateAsync(string token, IEnumerable<string> audiences, OpenIdConnectConfiguration configuration)
    {
        var parameters = new TokenValidationParameters
        {
            ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration),
            ValidAudiences = audiences,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            TryAllIssuerSigningKeys = false,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            // Judged below, by the clock that everything else here goes by.
            ValidateLifetime = false,
        };
        // Entra publishes the keys of several issuers in one set; a key counts only for its own.
        parameters.EnableAadSigningKeyIssuerValidation();
        return _tokens.ValidateTokenAsync(token, parameters);
    }

    private EntraVerdict Judge(JsonWebToken token)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (!string.Equals(EntraClaims.TextOf(token, EntraClaims.TenantId), options.Value.TenantId, StringComparison.OrdinalIgnoreCase))
            return EntraVerdict.Refused("wrong-tenant");
        // A time that is missing reads as the year 1: such a token has always been expired.
        if (token.ValidTo <= now - Skew) return EntraVerdict.Refused(EntraVerdict.Expired);
        return token.ValidFrom > now + Skew ? EntraVerdict.Refused(EntraVerdict.NotYetValid) : EntraVerdict.Valid(token);
    }

    private static string WhyRefused(Exception failure) => failure switch
    {
        SecurityTokenInvalidIssuerException => "wrong-issuer",
        SecurityTokenInvalidAudienceException => "wrong-audience",
        SecurityTokenInvalidAlgorithmException => "wrong-algorithm",
        SecurityTokenSignatureKeyNotFoundException => "unknown-key",
        SecurityTokenInvalidSignatureException => "wrong-signature",
        _ => "malformed",
    };
}
