using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>The key that tokens are signed with, new in each process, and a forger's key under its id. Created on first use, because that takes a while.</summary>
public sealed class SigningKeys : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<RsaSecurityKey> _published = [];
    private readonly Lazy<RSA> _forged = new(() => RSA.Create(2048));

    public SigningCredentials Credentials(bool forged)
    {
        var key = Current;
        return new(forged ? new RsaSecurityKey(_forged.Value) { KeyId = key.KeyId } : key, SecurityAlgorithms.RsaSha256);
    }

    /// <summary>Signs with a new key from now on. The key before it stays published, those before that are withdrawn.</summary>
    public void RollOver()
    {
        lock (_lock)
        {
            _published.Add(Create());
            if (_published.Count > 2) _published.RemoveAt(0);
        }
    }

    /// <summary>The public halves, as a JSON Web Key Set (RFC 7517).</summary>
    public object PublicSet()
    {
        _ = Current;
        lock (_lock) return new { keys = _published.Select(Publish).ToArray() };
    }

    public void Dispose()
    {
        foreach (var key in _published) key.Rsa.Dispose();
        if (_forged.IsValueCreated) _forged.Value.Dispose();
    }

    private RsaSecurityKey Current
    {
        get
        {
            lock (_lock)
            {
                if (_published.Count == 0) _published.Add(Create());
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
