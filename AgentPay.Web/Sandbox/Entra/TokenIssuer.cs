using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>Makes tokens with the claims of Entra's v2.0 tokens: learn.microsoft.com/entra/identity-platform/id-token-claims-reference.</summary>
public sealed class TokenIssuer(SigningKeys keys, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly JsonWebTokenHandler _tokens = new() { SetDefaultTimesOnTokenCreation = false };

    public string IdToken(Grant grant, string issuer)
    {
        var claims = Claims(grant.Person);
        var nonce = grant.Fault == TokenFault.Nonce ? "another-nonce" : grant.Request.Nonce;
        if (nonce is not null) claims["nonce"] = nonce;
        return Sign(claims, grant.Fault, issuer);
    }

    /// <summary>For the application's own API when a scope names it; otherwise one for Microsoft Graph, which says nothing to anyone else.</summary>
    public string AccessToken(Grant grant, string issuer)
    {
        if (grant.Request.Scopes.OfApi is not { } scp) return Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(48));
        var claims = Claims(grant.Person);
        claims["scp"] = scp;
        claims["azp"] = EntraTenant.ClientId;
        claims["azpacr"] = "1";
        return Sign(claims, grant.Fault, issuer);
    }

    private static Dictionary<string, object> Claims(Person person)
    {
        var claims = new Dictionary<string, object>
        {
            ["oid"] = person.ObjectId,
            ["sub"] = person.SubjectAt(EntraTenant.ClientId),
            ["tid"] = EntraTenant.Id,
            ["preferred_username"] = person.UserName,
            ["name"] = person.Name,
            ["ver"] = "2.0",
        };
        if (person.AppRole is not null) claims["roles"] = new[] { person.AppRole };
        return claims;
    }

    private string Sign(Dictionary<string, object> claims, TokenFault fault, string issuer)
    {
        var now = clock.GetUtcNow().UtcDateTime - (fault == TokenFault.Expired ? 2 * Lifetime : TimeSpan.Zero);
        return _tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = fault == TokenFault.Issuer ? $"https://another-issuer.example/{EntraTenant.Id}/v2.0" : issuer,
            Audience = fault == TokenFault.Audience ? "another-audience" : EntraTenant.ClientId,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = claims,
            SigningCredentials = keys.Credentials(forged: fault == TokenFault.Key),
        });
    }
}
