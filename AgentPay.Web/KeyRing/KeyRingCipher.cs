using System.Security.Cryptography;
using System.Text;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.KeyRing;

/// <summary>AES-256-GCM under a key derived (HKDF-SHA256, RFC 5869) from the configured secret. What is sealed is nonce, tag and cipher text in a row.</summary>
internal sealed class KeyRingCipher(IOptions<AgentPayOptions> options, IOptions<TwilioOptions> twilio)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(options.Value.KeyRingSecret ?? twilio.Value.SyncCredentials().ApiKeySecret!);

    /// <summary>The same for the same secret, and tells nothing about it.</summary>
    public string Name => Convert.ToHexStringLower(Derive("AgentPay key ring, name", 8));

    public byte[] Seal(byte[] plain)
    {
        var whole = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceSize));
        using var aes = new AesGcm(Key, TagSize);
        aes.Encrypt(whole.AsSpan(0, NonceSize), plain, whole.AsSpan(NonceSize + TagSize), whole.AsSpan(NonceSize, TagSize));
        return whole;
    }

    /// <exception cref="CryptographicException">It was not sealed under this secret, or has been changed.</exception>
    public byte[] Open(byte[] whole)
    {
        if (whole.Length < NonceSize + TagSize) throw new CryptographicException("A key of the ring is not whole");
        var plain = new byte[whole.Length - NonceSize - TagSize];
        using var aes = new AesGcm(Key, TagSize);
        aes.Decrypt(whole.AsSpan(0, NonceSize), whole.AsSpan(NonceSize + TagSize), whole.AsSpan(NonceSize, TagSize), plain);
        return plain;
    }

    private byte[] Key => Derive("AgentPay key ring, AES-256-GCM", 32);

    private byte[] Derive(string purpose, int length) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, length, info: Encoding.UTF8.GetBytes(purpose));
}
