using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// Twilio's access token with a Sync grant (twilio.com/docs/iam/access-tokens): a JWT, signed with an API key's secret, that lets its holder
/// into one Sync service under one identity. Made and checked by hand, because one fixed algorithm leaves nothing to configure wrongly.
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
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = false,
    };

    /// <param name="lifetime">More than zero, and 24 hours at most: Twilio refuses more (20157).</param>
    public static string Mint(SyncTokenKey key, SyncServiceSid service, string identity, TimeSpan lifetime, DateTimeOffset now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(identity);
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, LongestLifetime);
        var issued = now.ToUnixTimeSeconds();
        var claims = new Claims
        {
            Jti = $"{key.Sid}-{issued}",
            Grants = new() { Identity = identity, DataSync = new() { ServiceSid = service.ToString() } },
            Iat = issued,
            Exp = issued + (long)lifetime.TotalSeconds,
            Iss = key.Sid.ToString(),
            Sub = key.Account.ToString(),
        };
        // No "twr": it sends a token to another region than us1, and Sync is nowhere else.
        var signed = $"{Encode(new Head { Alg = Algorithm, Typ = Type, Cty = ContentType })}.{Encode(claims)}";
        return $"{signed}.{Sign(key, signed)}";
    }

    /// <summary>Checks everything that <see cref="Mint"/> puts in, 30 seconds of clock difference allowed. Never throws for what a token holds.</summary>
    public static SyncTokenVerdict Verify(SyncTokenKey key, SyncServiceSid service, string? token, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(token)) return SyncTokenRefusal.Missing;
        if (token.Length > LongestToken) return SyncTokenRefusal.TooLong;
        if (token.Split('.') is not [var head, var claims, var signature]) return SyncTokenRefusal.Malformed;
        // The signature comes first: what nobody with the secret has written is not even parsed.
        if (!IsSame(signature, Sign(key, $"{head}.{claims}"))) return SyncTokenRefusal.WrongSignature;
        if (Decode<Head>(head) is not { } header || Decode<Claims>(claims) is not { } said) return SyncTokenRefusal.Malformed;
        if (header.Alg != Algorithm) return SyncTokenRefusal.WrongAlgorithm;
        if (header.Typ != Type || header.Cty != ContentType) return SyncTokenRefusal.WrongType;
        return Judge(key, service, said, now.ToUnixTimeSeconds());
    }

    private static SyncTokenVerdict Judge(SyncTokenKey key, SyncServiceSid service, Claims claims, long now) => claims switch
    {
        _ when !IsSame(claims.Iss, key.Sid.ToString()) => SyncTokenRefusal.WrongKey,
        _ when !IsSame(claims.Sub, key.Account.ToString()) => SyncTokenRefusal.WrongAccount,
        { Exp: null } => SyncTokenRefusal.Expired,
        _ when claims.Exp <= now - SkewSeconds => SyncTokenRefusal.Expired,
        _ when claims.Nbf > now + SkewSeconds || claims.Iat > now + SkewSeconds => SyncTokenRefusal.NotYetValid,
        _ when !IsSame(claims.Grants?.DataSync?.ServiceSid, service.ToString()) => SyncTokenRefusal.WrongService,
        { Grants.Identity: var identity } when !string.IsNullOrWhiteSpace(identity) => new SyncTokenVerdict(identity),
        _ => SyncTokenRefusal.NoIdentity,
    };

    private static string Sign(SyncTokenKey key, string text) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Secret), Encoding.UTF8.GetBytes(text)));

    private static bool IsSame(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private static string Encode<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part, Json));

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

    private sealed record Head
    {
        public string? Alg { get; init; }
        public string? Typ { get; init; }
        public string? Cty { get; init; }
    }

    private sealed record Claims
    {
        public string? Jti { get; init; }
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
