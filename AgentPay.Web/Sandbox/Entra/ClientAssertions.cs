using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AgentPay.Web.Sandbox.Control;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Sandbox.Entra;

// Verifies client assertions.
// They are signed by the certificate that is registered for the application
// (learn.microsoft.com/entra/identity-platform/certificate-credentials), or are tokens of the managed identity that the application trusts.
public sealed class ClientAssertions(IOptions<SandboxOptions> options, SigningKeys keys, EntraUrls urls, TimeProvider clock) : IResettable
{
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly JsonWebTokenHandler _tokens = new() { MapInboundClaims = false };
    private readonly ConcurrentDictionary<string, DateTime> _used = new();

    public Task RequireAsync(string assertion, HttpRequest request)
    {
        if (!_tokens.CanReadToken(assertion)) throw Invalid(50027, "The client assertion is not a JSON Web Token.");
        var token = _tokens.ReadJsonWebToken(assertion);
        return token.Issuer == urls.Issuer(request)
            ? RequireManagedIdentityAsync(token)
            : RequireCertificateAsync(token, urls.Token(request));
    }

    public void Reset() => _used.Clear();

    private async Task RequireManagedIdentityAsync(JsonWebToken token)
    {
        await RequireSignatureAsync(token, keys.Credentials(forged: false).Key, SecurityAlgorithms.RsaSha256);
        RequireTime(token);
        if (token.Subject != EntraTenant.ManagedIdentity || !token.Audiences.Contains(EntraTenant.TokenExchange))
            throw Invalid(700213, "No federated identity credential matches the subject and audience of the assertion.");
    }

    private async Task RequireCertificateAsync(JsonWebToken token, string tokenEndpoint)
    {
        using var certificate = LoadRegistered();
        var expected = Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData));
        if (!token.TryGetHeaderValue<string>("x5t#S256", out var thumbprint) || thumbprint != expected)
            throw Invalid(700027, "The certificate of the assertion (x5t#S256) is not registered on the application.");
        using var rsa = certificate.GetRSAPublicKey()!;
        var key = new RsaSecurityKey(rsa) { CryptoProviderFactory = new() { CacheSignatureProviders = false } };
        await RequireSignatureAsync(token, key, SecurityAlgorithms.RsaSsaPssSha256);
        if (token.Issuer != EntraTenant.ClientId || token.Subject != EntraTenant.ClientId)
            throw Invalid(700021, "iss and sub of the assertion must be the client id.");
        if (!token.Audiences.SequenceEqual([tokenEndpoint])) throw Invalid(700023, $"aud of the assertion must be {tokenEndpoint}.");
        RequireTime(token);
        if (token.ValidTo - token.ValidFrom > MaxLifetime) throw Invalid(700024, "The assertion is valid for more than ten minutes.");
        RequireUnused(token);
    }

    private void RequireUnused(JsonWebToken token)
    {
        if (string.IsNullOrEmpty(token.Id) || !_used.TryAdd(token.Id, token.ValidTo))
            throw Invalid(700024, "jti of the assertion is missing or was already used.");
        foreach (var old in _used.Where(used => used.Value < Now - Skew)) _used.TryRemove(old);
    }

    private X509Certificate2 LoadRegistered() => string.IsNullOrWhiteSpace(options.Value.ClientCertificate)
        ? throw Invalid(700027, "No certificate is registered on the application. Set Sandbox:ClientCertificate.")
        : X509CertificateLoader.LoadCertificateFromFile(options.Value.ClientCertificate);

    private async Task RequireSignatureAsync(JsonWebToken token, SecurityKey key, string algorithm)
    {
        var result = await _tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = [algorithm],
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        if (!result.IsValid) throw Invalid(700027, "The signature of the client assertion is not valid.");
    }

    private void RequireTime(JsonWebToken token)
    {
        if (token.ValidTo < Now - Skew || token.ValidFrom > Now + Skew)
            throw Invalid(700024, "The client assertion is not within its valid time range.");
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private static EntraError Invalid(int code, string message) => new("invalid_client", code, message);
}
