using System.Security.Cryptography;
using System.Text;

namespace AgentPay.Web.Sandbox;

/// <summary>The one account of the sandbox. Its credentials are fixed and public.</summary>
public static class SandboxAccount
{
    public const string Sid = "AC00000000000000000000000000000000";
    public const string AuthToken = "sandbox-auth-token-0000000000000000";
    public const string ApiKeySid = "SK00000000000000000000000000000000";
    public const string ApiKeySecret = "sandbox-api-key-secret-0000000000";

    /// <summary>Account SID with auth token, or API key SID with its secret, as an HTTP Basic header.</summary>
    public static bool Admits(string? authorization)
    {
        const string scheme = "Basic ";
        if (authorization is null || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return false;
        var decoded = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[scheme.Length..].Trim(), decoded, out var length)) return false;
        var given = decoded.AsSpan(0, length);
        return Same(given, $"{Sid}:{AuthToken}") | Same(given, $"{ApiKeySid}:{ApiKeySecret}");
    }

    private static bool Same(ReadOnlySpan<byte> given, string expected) =>
        CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(expected));
}
