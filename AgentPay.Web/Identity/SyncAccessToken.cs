using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Twilio.Jwt.AccessToken;

namespace AgentPay.Web.Identity;

/// <summary>
/// Issues and verifies Twilio access tokens with a Sync grant (twilio.com/docs/iam/access-tokens). The token is a JWT, signed with the
/// secret of an API key. It gives access to one Sync service under one identity. The SDK can issue tokens, but not verify them.
/// </summary>
public static class SyncAccessToken
{
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(24);

    private const string Type = "JWT";
    private const string Algorithm = "HS256";
    private const string ContentType = "twilio-fpa;v=1";
    private const int LongestToken = 4096;
    private const long SkewSeconds = 30;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        AllowDuplicateProperties = false,
    };

    /// <param name="lifetime">From one second to 24 hours. Twilio refuses longer lifetimes (20157).</param>
    public static string Mint(SyncTokenKey key, string service, string identity, TimeSpan lifetime, DateTimeOffset now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(identity);
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, LongestLifetime);
        return new IssuedToken(key, service, identity, now, now.AddSeconds((long)lifetime.TotalSeconds)).ToJwt();
    }

    /// <summary>Checks signature, header and claims, with 30 seconds of clock skew. Never throws, whatever the token contains.</summary>
    public static SyncTokenVerdict Verify(SyncTokenKey key, string service, string? token, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(token)) return SyncTokenRefusal.Missing;
        if (token.Length > LongestToken) return SyncTokenRefusal.TooLong;
        if (token.Split('.') is not [var head, var claims, var signature]) return SyncTokenRefusal.Malformed;
        // The signature is checked first, so that unsigned input is not parsed.
        if (!IsSame(signature, Sign(key, $"{head}.{claims}"))) return SyncTokenRefusal.WrongSignature;
        if (Decode<Head>(head) is not { } header || Decode<Claims>(claims) is not { } decoded) return SyncTokenRefusal.Malformed;
        if (header.Alg != Algorithm) return SyncTokenRefusal.WrongAlgorithm;
        if (header.Typ != Type || header.Cty != ContentType) return SyncTokenRefusal.WrongType;
        return CheckClaims(key, service, decoded, now.ToUnixTimeSeconds());
    }

    private static SyncTokenVerdict CheckClaims(SyncTokenKey key, string service, Claims claims, long now) => claims switch
    {
        _ when !IsSame(claims.Iss, key.Sid) => SyncTokenRefusal.WrongKey,
        _ when !IsSame(claims.Sub, key.Account) => SyncTokenRefusal.WrongAccount,
        { Exp: null } => SyncTokenRefusal.Expired,
        _ when claims.Exp <= now - SkewSeconds => SyncTokenRefusal.Expired,
        _ when claims.Nbf > now + SkewSeconds || claims.Iat > now + SkewSeconds => SyncTokenRefusal.NotYetValid,
        _ when !IsSame(claims.Grants?.DataSync?.ServiceSid, service) => SyncTokenRefusal.WrongService,
        { Grants.Identity: var identity } when !string.IsNullOrWhiteSpace(identity) => new SyncTokenVerdict(identity),
        _ => SyncTokenRefusal.NoIdentity,
    };

    private static string Sign(SyncTokenKey key, string text) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Secret), Encoding.UTF8.GetBytes(text)));

    private static bool IsSame(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private static T? Decode<T>(string part) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(part), Json);
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return null;
        }
    }

    // The SDK's token with the time of our clock, and with the claim iat, which the predecessor's tokens have and the SDK does not write.
    // The times must be UTC: the SDK treats any other kind as local time. There is no region, because Sync exists in us1 only.
    private sealed class IssuedToken(SyncTokenKey key, string service, string identity, DateTimeOffset now, DateTimeOffset expiration)
        : Token(key.Account, key.Sid, key.Secret, identity, expiration.UtcDateTime, grants: [new SyncGrant { ServiceSid = service }])
    {
        public override string Id => $"{key.Sid}-{now.ToUnixTimeSeconds()}";

        public override Dictionary<string, object> Claims => new(base.Claims) { ["iat"] = now.ToUnixTimeSeconds() };
    }

    private sealed record Head
    {
        public string? Alg { get; init; }
        public string? Typ { get; init; }
        public string? Cty { get; init; }
    }

    private sealed record Claims
    {
        public Grants? Grants { get; init; }
        public long? Iat { get; init; }
        public long? Nbf { get; init; }
        public long? Exp { get; init; }
        public string? Iss { get; init; }
        public string? Sub { get; init; }
    }

    private sealed record Grants
    {
        public string? Identity { get; init; }
        public DataSync? DataSync { get; init; }
    }

    private sealed record DataSync
    {
        public string? ServiceSid { get; init; }
    }
}
