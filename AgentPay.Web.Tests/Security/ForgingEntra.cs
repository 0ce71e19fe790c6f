using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentPay.Web.Tests.Security;

/// <summary>Stands in for Entra. It answers every code with the ID token of the test. Valid tokens are signed with its key.</summary>
internal sealed class ForgingEntra : IAsyncDisposable
{
    public const string Tenant = EntraForge.Tenant;
    public const string KeyId = "the-key";

    private readonly WebApplication _app;

    private ForgingEntra(WebApplication app) => _app = app;

    public static RSA Key => TestKeys.One;

    /// <summary>Without a trailing slash.</summary>
    public string Url { get; private set; } = "";

    public string Issuer => $"{Url}/{Tenant}/v2.0";

    /// <summary>The next answer of the token endpoint.</summary>
    public string IdToken { get; set; } = "";

    /// <summary>The form of the last request to the token endpoint.</summary>
    public IReadOnlyDictionary<string, string> TokenRequest { get; private set; } = new Dictionary<string, string>();

    public static async Task<ForgingEntra> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var entra = new ForgingEntra(builder.Build());
        entra._app.MapGet($"/{Tenant}/v2.0/.well-known/openid-configuration", () => new JsonObject
        {
            ["issuer"] = entra.Issuer,
            ["authorization_endpoint"] = entra.Url + "/authorize",
            ["token_endpoint"] = entra.Url + "/token",
            ["jwks_uri"] = entra.Url + "/keys",
        });
        entra._app.MapGet("/keys", () => new JsonObject { ["keys"] = new JsonArray(EntraStub.Publish(Key, KeyId)) });
        entra._app.MapPost("/token", async (HttpRequest request) =>
        {
            entra.TokenRequest = (await request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
            return new JsonObject
            {
                ["token_type"] = "Bearer", ["expires_in"] = 3600, ["access_token"] = "opaque", ["id_token"] = entra.IdToken,
            };
        });
        await entra._app.StartAsync();
        entra.Url = entra._app.Urls.Single();
        return entra;
    }

    public static JsonObject Header(string algorithm = "RS256") => new() { ["typ"] = "JWT", ["alg"] = algorithm, ["kid"] = KeyId };

    /// <summary>The claims of a valid ID token.</summary>
    public JsonObject Claims(string nonce, TimeProvider clock)
    {
        var claims = EntraForge.ClaimsOf(Issuer, clock);
        // A claim of access tokens. The library refuses an ID token with another client's id.
        claims.Remove("azp");
        claims["nonce"] = nonce;
        return claims;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
    }
}
