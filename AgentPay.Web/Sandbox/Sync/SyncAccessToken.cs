using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AgentPay.Web.Sandbox.Sync;

/// <summary>
/// Verifies access tokens with a Sync grant as Twilio does (twilio.com/docs/iam/access-tokens).
/// The JavaScript SDK sends the token in the <see cref="Header"/> header of each request on its web socket.
/// The sandbox accepts the same header over plain HTTP.
/// </summary>
public static class SyncAccessToken
{
    public const string Header = "X-Twilio-Token";

    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(1);

    /// <summary>
    /// Returns the caller that the token names. Throws an <see cref="ApiError"/> with status 401 if the token is not valid.
    /// </summary>
    public static SyncCaller Verify(string token, DateTimeOffset now)
    {
        if (token.Split('.') is not [var header, var claims, var signature]) throw Error(20101, "Invalid Access Token");
        try
        {
            CheckHeader(header);
            if (!IsSigned($"{header}.{claims}", signature)) throw Error(20107, "Invalid Access Token signature");
            return ReadClaims(claims, now.ToUnixTimeSeconds());
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate is valid JSON, but it cannot be read as a string.
            throw Error(20101, "Invalid Access Token");
        }
    }

    private static void CheckHeader(string header)
    {
        using var json = Parse(header, 20102, "Invalid Access Token header");
        if (Text(json.RootElement, "alg") != "HS256" || Text(json.RootElement, "cty") != "twilio-fpa;v=1")
            throw Error(20102, "Invalid Access Token header");
    }

    private static SyncCaller ReadClaims(string claims, long now)
    {
        using var json = Parse(claims, 20101, "Invalid Access Token");
        if (Text(json.RootElement, "iss") != SandboxAccount.ApiKeySid || Text(json.RootElement, "sub") != SandboxAccount.Sid)
            throw Error(20103, "Invalid Access Token issuer/subject");
        CheckTimes(json.RootElement, now);
        return Grant(json.RootElement) ?? throw Error(20106, "Invalid Access Token grants");
    }

    private static void CheckTimes(JsonElement claims, long now)
    {
        if (Seconds(claims, "exp") is not { } expires || expires <= now)
            throw Error(20104, "Access Token expired or expiration date invalid");
        if (Seconds(claims, "nbf") > now) throw Error(20105, "Access Token not yet valid");
        if (expires - (Seconds(claims, "iat") ?? now) > MaxLifetime.TotalSeconds)
            throw Error(20157, "Expiration Time in the Access Token Too Far in the Future");
    }

    private static SyncCaller? Grant(JsonElement claims) =>
        Member(claims, "grants") is { } grants
        && Text(grants, "identity") is { Length: > 0 } identity
        && Member(grants, "data_sync") is { } sync
        && Text(sync, "service_sid") is { Length: > 0 } service
            ? new(identity, service)
            : null;

    private static bool IsSigned(string signed, string signature)
    {
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(SandboxAccount.ApiKeySecret), Encoding.UTF8.GetBytes(signed));
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(signature),
            Encoding.UTF8.GetBytes(Base64Url.EncodeToString(expected)));
    }

    private static JsonDocument Parse(string part, int code, string message)
    {
        try
        {
            return JsonDocument.Parse(Base64Url.DecodeFromChars(part));
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            throw Error(code, message);
        }
    }

    private static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;

    private static long? Seconds(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt64(out var seconds) ? seconds : null;

    private static ApiError Error(int code, string message) => new(401, code, message);
}
