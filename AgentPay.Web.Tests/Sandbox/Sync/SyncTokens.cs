using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Sync;

/// <summary>Builds valid and invalid access tokens.</summary>
public static class SyncTokens
{
    public const string Header = """{"alg":"HS256","typ":"JWT","cty":"twilio-fpa;v=1"}""";

    /// <param name="spoil">Changes the claims before they are signed.</param>
    public static string Make(string serviceSid, string identity, DateTimeOffset now, Action<JsonObject>? spoil = null,
        string header = Header, string secret = SandboxApp.ApiKeySecret)
    {
        var claims = new JsonObject
        {
            ["jti"] = $"{SandboxApp.ApiKeySid}-1",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.ToUnixTimeSeconds() + 3600,
            ["iss"] = SandboxApp.ApiKeySid,
            ["sub"] = SandboxApp.AccountSid,
            ["grants"] = new JsonObject { ["identity"] = identity, ["data_sync"] = new JsonObject { ["service_sid"] = serviceSid } },
        };
        spoil?.Invoke(claims);
        return Sign(header, claims.ToJsonString(), secret);
    }

    public static string Sign(string header, string claims, string secret)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
