using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Sandbox.Entra;

// Creates tokens with the claims of Entra ID: learn.microsoft.com/entra/identity-platform/id-token-claims-reference and
// /access-token-claims-reference.
public sealed class TokenIssuer(SigningKeys keys, IOptions<SandboxOptions> options, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly JsonWebTokenHandler _tokens = new() { SetDefaultTimesOnTokenCreation = false };

    public string IdToken(Grant grant, string issuer)
    {
        var claims = ClaimsOf(grant);
        claims["ver"] = "2.0";
        var nonce = grant.Fault == TokenFault.Nonce ? "another-nonce" : grant.Request.Nonce;
        if (nonce is not null) claims["nonce"] = nonce;
        return Sign(claims, issuer, EntraTenant.ClientId, grant.Fault);
    }

    // For the application's own API if a scope names it. Otherwise a token for Microsoft Graph, which is opaque to other applications.
    public string AccessToken(Grant grant, string issuer)
    {
        if (grant.Request.Scopes.OfApi is not { } scp) return Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(48));
        var claims = ClaimsOf(grant);
        claims["scp"] = scp;
        if (options.Value.AccessTokenVersion == 1)
        {
            if (claims.Remove("preferred_username", out var name)) claims["unique_name"] = claims["upn"] = name;
            (claims["appid"], claims["appidacr"], claims["ver"]) = (EntraTenant.ClientId, "1", "1.0");
            return Sign(claims, $"https://sts.windows.net/{EntraTenant.Id}/", $"api://{EntraTenant.ClientId}", grant.Fault);
        }
        (claims["azp"], claims["azpacr"], claims["ver"]) = (EntraTenant.ClientId, "1", "2.0");
        return Sign(claims, issuer, EntraTenant.ClientId, grant.Fault);
    }

    // The assertion that a managed identity presents to Entra ID instead of a certificate.
    public string ManagedIdentityToken(string issuer) =>
        Sign(
            new() { ["sub"] = EntraTenant.ManagedIdentity, ["oid"] = EntraTenant.ManagedIdentity, ["tid"] = EntraTenant.Id },
            issuer,
            EntraTenant.TokenExchange,
            TokenFault.None);

    private Dictionary<string, object> ClaimsOf(Grant grant) => TokenClaims.Of(grant.Person, grant.Fault, options.Value.GroupClaims);

    private string Sign(Dictionary<string, object> claims, string issuer, string audience, TokenFault fault)
    {
        var now = clock.GetUtcNow().UtcDateTime - (fault == TokenFault.Expired ? 2 * Lifetime : TimeSpan.Zero);
        return _tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = fault == TokenFault.Issuer ? $"https://another-issuer.example/{EntraTenant.Id}/v2.0" : issuer,
            Audience = fault == TokenFault.Audience ? "another-audience" : audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = claims,
            SigningCredentials = keys.Credentials(forged: fault == TokenFault.Key),
        });
    }
}
