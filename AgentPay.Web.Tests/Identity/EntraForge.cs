using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AgentPay.Web.Sandbox.Entra;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Tests.Identity;

/// <summary>Access tokens signed with the key of the sandbox's Entra, valid or with invalid claims.</summary>
internal sealed class EntraForge(AgentPayApp app)
{
    public const string Tenant = "00000000-0000-4000-8000-000000000001";
    public const string ClientId = "00000000-0000-4000-8000-000000000002";

    private readonly RsaSecurityKey _key = (RsaSecurityKey)app.Services.GetRequiredService<SigningKeys>().Credentials(forged: false).Key;

    public string KeyId => _key.KeyId;

    public string PublicKeyPem => _key.Rsa.ExportSubjectPublicKeyInfoPem();

    /// <summary>Amara's token for the API, issued now.</summary>
    public string Token(Action<JsonObject>? spoil = null)
    {
        var claims = Claims();
        spoil?.Invoke(claims);
        return Sign(Header("RS256"), claims, _key.Rsa);
    }

    /// <summary>A token that is valid except for its algorithm.</summary>
    public string TokenBy(string algorithm, HashAlgorithmName hash, RSASignaturePadding padding) =>
        Sign(Header(algorithm), Claims(), text => _key.Rsa.SignData(text, hash, padding));

    public JsonObject Header(string algorithm) => new() { ["typ"] = "JWT", ["alg"] = algorithm, ["kid"] = KeyId };

    public JsonObject Claims() => ClaimsOf($"{app.Url}sandbox/entra/{Tenant}/v2.0", app.Clock);

    /// <summary>The claims of a valid access token of Amara, issued now.</summary>
    public static JsonObject ClaimsOf(string issuer, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return new()
        {
            ["iss"] = issuer,
            ["aud"] = ClientId,
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 3600,
            ["sub"] = "of Amara at AgentPay",
            ["oid"] = People.Amara,
            ["tid"] = Tenant,
            ["name"] = "Amara Okafor",
            ["preferred_username"] = "amara@agentpay.example",
            ["roles"] = new JsonArray("AgentPay.Agent"),
            ["scp"] = "access",
            ["azp"] = "11111111-2222-3333-4444-555555555555",
            ["ver"] = "2.0",
        };
    }

    public static string Sign(JsonObject header, JsonObject claims, RSA key) =>
        Sign(header, claims, text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public static string Sign(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encode(JsonObject part) => Base64UrlEncoder.Encode(part.ToJsonString());
}
