using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AgentPay.Web.Sandbox.Recorder;

// Verifies events as a receiver does: github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.
internal static class RecorderSignature
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly byte[] Key = Convert.FromBase64String(SandboxAccount.EventSecret["whsec_".Length..]);

    // Returns the id and the time of the event; null if the signature or the time is not valid.
    public static (string Id, DateTimeOffset SentAt)? Verify(IHeaderDictionary headers, byte[] body, DateTimeOffset now)
    {
        var (id, timestamp) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString());
        if (id.Length == 0 || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return null;
        if (Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds) return null;
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Key, signed));
        var isValid = headers["webhook-signature"].ToString().Split(' ').Any(signature =>
            CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(expected)));
        return isValid ? (id, DateTimeOffset.FromUnixTimeSeconds(seconds)) : null;
    }
}
