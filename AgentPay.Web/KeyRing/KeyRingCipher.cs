using System.Security.Cryptography;
using System.Text;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.KeyRing;

/// <summary>
/// Encrypts with AES-256-GCM. The key is derived from the configured secret with HKDF-SHA256 (RFC 5869). The output is the nonce, the tag
/// and the cipher text, in this order.
/// </summary>
internal sealed class KeyRingCipher(IOptions<AgentPayOptions> options, IOptions<TwilioOptions> twilio)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(options.Value.KeyRingSecret ?? twilio.Value.SyncCredentials().ApiKeySecret!);

    /// <summary>Identifies the secret without revealing it: a hash of eight bytes, in hexadecimal.</summary>
    public string Name => Convert.ToHexStringLower(Derive("AgentPay key ring, name", 8));

    public byte[] Seal(byte[] plain)
    {
        var message = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(message.AsSpan(0, NonceSize));
        using var aes = new AesGcm(Key, TagSize);
        aes.Encrypt(message.AsSpan(0, NonceSize), plain, message.AsSpan(NonceSize + TagSize), message.AsSpan(NonceSize, TagSize));
        return message;
    }

    /// <exception cref="CryptographicException">The message is truncated or changed, or was encrypted with another secret.</exception>
    public byte[] Open(byte[] message)
    {
        if (message.Length < NonceSize + TagSize) throw new CryptographicException("An encrypted key is too short");
        var plain = new byte[message.Length - NonceSize - TagSize];
        using var aes = new AesGcm(Key, TagSize);
        aes.Decrypt(message.AsSpan(0, NonceSize), message.AsSpan(NonceSize + TagSize), message.AsSpan(NonceSize, TagSize), plain);
        return plain;
    }

    private byte[] Key => Derive("AgentPay key ring, AES-256-GCM", 32);

    private byte[] Derive(string purpose, int length) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, length, info: Encoding.UTF8.GetBytes(purpose));
}
