using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Identity;

/// <summary>
/// Creates a client assertion signed with a certificate: learn.microsoft.com/entra/identity-platform/certificate-credentials.
/// </summary>
internal static class ClientAssertion
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private static readonly JsonWebTokenHandler Tokens = new() { SetDefaultTimesOnTokenCreation = false };

    public static string Sign(X509Certificate2 certificate, string clientId, string tokenEndpoint, DateTimeOffset now)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        // A cached signer would use the disposed key.
        var security = new RsaSecurityKey(key) { CryptoProviderFactory = new() { CacheSignatureProviders = false } };
        return Tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId,
            Audience = tokenEndpoint,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = clientId, ["jti"] = Guid.NewGuid().ToString() },
            AdditionalHeaderClaims = new Dictionary<string, object>
            {
                ["x5t#S256"] = Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData)),
            },
            SigningCredentials = new(security, SecurityAlgorithms.RsaSsaPssSha256),
        });
    }
}
