using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AgentPay.Web.Events;

/// <summary>
/// Signs events as Standard Webhooks 1.0 does, so that its libraries can verify them:
/// github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.
/// </summary>
public static class EventSignature
{
    public const string SecretFormat = "whsec_ and the base64 of 24 to 64 random bytes. Create it with: echo whsec_$(openssl rand -base64 32)";

    private const string SecretPrefix = "whsec_";

    /// <summary>Returns the key in a secret; null if it is not in <see cref="SecretFormat"/>.</summary>
    public static byte[]? KeyOf(string secret)
    {
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal)) return null;
        var key = new byte[secret.Length];
        var isBase64 = Convert.TryFromBase64String(secret[SecretPrefix.Length..], key, out var length);
        return isBase64 && length is >= 24 and <= 64 ? key[..length] : null;
    }

    /// <summary>Returns <c>v1,</c> and the base64 of the HMAC-SHA256 of <c>{id}.{timestamp}.{body}</c>.</summary>
    /// <param name="timestamp">When this attempt is sent, in seconds since 1970.</param>
    /// <param name="body">Exactly as sent.</param>
    public static string Of(byte[] key, string id, long timestamp, byte[] body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        byte[] signed = [.. head, .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
