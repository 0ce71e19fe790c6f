using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>The key that tokens are signed with, new in each process, and a forger's key that claims to be it. Made when first needed: that takes a while.</summary>
public sealed class SigningKeys : IDisposable
{
    private readonly Lazy<RsaSecurityKey> _key = new(() =>
    {
        var key = new RsaSecurityKey(RSA.Create(2048));
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    });

    private readonly Lazy<RsaSecurityKey> _forged;

    public SigningKeys() => _forged = new(() => new RsaSecurityKey(RSA.Create(2048)) { KeyId = _key.Value.KeyId });

    public SigningCredentials Credentials(bool forged) => new(forged ? _forged.Value : _key.Value, SecurityAlgorithms.RsaSha256);

    /// <summary>The public half, as a JSON Web Key Set (RFC 7517).</summary>
    public object PublicSet()
    {
        var numbers = _key.Value.Rsa.ExportParameters(includePrivateParameters: false);
        var key = new
        {
            kty = "RSA",
            use = "sig",
            alg = SecurityAlgorithms.RsaSha256,
            kid = _key.Value.KeyId,
            n = Base64UrlEncoder.Encode(numbers.Modulus),
            e = Base64UrlEncoder.Encode(numbers.Exponent),
        };
        return new { keys = new[] { key } };
    }

    public void Dispose()
    {
        if (_key.IsValueCreated) _key.Value.Rsa.Dispose();
        if (_forged.IsValueCreated) _forged.Value.Rsa.Dispose();
    }
}
