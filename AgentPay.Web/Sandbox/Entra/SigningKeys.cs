using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>The key that signs tokens, and a forged key with the same key ID.</summary>
public sealed class SigningKeys
{
    // Creating a key takes up to half a second, so all sandboxes in a process share the first keys.
    private static readonly Lazy<RsaSecurityKey> First = new(Create);
    private static readonly Lazy<RSA> Forged = new(() => RSA.Create(2048));

    private readonly Lock _lock = new();
    private readonly List<RsaSecurityKey> _published = [];

    public SigningCredentials Credentials(bool forged)
    {
        var key = Current;
        return new(forged ? new RsaSecurityKey(Forged.Value) { KeyId = key.KeyId } : key, SecurityAlgorithms.RsaSha256);
    }

    /// <summary>Starts to sign with a new key. The previous key stays published; older keys are removed.</summary>
    public void RollOver()
    {
        lock (_lock)
        {
            _published.Add(Create());
            if (_published.Count > 2) _published.RemoveAt(0);
        }
    }

    // The public keys as a JSON Web Key Set (RFC 7517).
    public object PublicSet()
    {
        _ = Current;
        lock (_lock) return new { keys = _published.Select(Publish).ToArray() };
    }

    private RsaSecurityKey Current
    {
        get
        {
            lock (_lock)
            {
                if (_published.Count == 0) _published.Add(First.Value);
                return _published[^1];
            }
        }
    }

    private static RsaSecurityKey Create()
    {
        var key = new RsaSecurityKey(RSA.Create(2048));
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }

    private static object Publish(RsaSecurityKey key)
    {
        var numbers = key.Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            alg = SecurityAlgorithms.RsaSha256,
            kid = key.KeyId,
            n = Base64UrlEncoder.Encode(numbers.Modulus),
            e = Base64UrlEncoder.Encode(numbers.Exponent),
        };
    }
}
