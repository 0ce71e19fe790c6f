using System.Security.Cryptography;
using System.Text;

namespace AgentPay.Web.Sandbox;

/// <summary>The only account of the sandbox. Its credentials are constant and public.</summary>
public static class SandboxAccount
{
    public const string Sid = "AC00000000000000000000000000000000";
    public const string AuthToken = "sandbox-auth-token-0000000000000000";
    public const string ApiKeySid = "SK00000000000000000000000000000000";
    public const string ApiKeySecret = "sandbox-api-key-secret-0000000000";

    /// <summary>The secret of the PBX's recorder: the base64 of <c>sandbox-event-secret-000000000000</c>.</summary>
    public const string EventSecret = "whsec_c2FuZGJveC1ldmVudC1zZWNyZXQtMDAwMDAwMDAwMDAw";

    /// <summary>Whether an HTTP Basic header has the account SID and auth token, or the API key SID and secret.</summary>
    public static bool IsAuthorized(string? authorization)
    {
        const string scheme = "Basic ";
        if (authorization is null || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return false;
        var decoded = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[scheme.Length..].Trim(), decoded, out var length)) return false;
        var given = decoded.AsSpan(0, length);
        return Matches(given, $"{Sid}:{AuthToken}") | Matches(given, $"{ApiKeySid}:{ApiKeySecret}");
    }

    private static bool Matches(ReadOnlySpan<byte> given, string expected) =>
        CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(expected));
}
