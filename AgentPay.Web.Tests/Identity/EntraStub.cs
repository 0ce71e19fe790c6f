using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Tests.Identity;

/// <summary>Stands in for Entra's discovery and key endpoints. Keys can change, endpoints can fail, requests are counted.</summary>
internal sealed class EntraStub : IAsyncDisposable
{
    public const string Tenant = EntraForge.Tenant;

    private readonly WebApplication _app;
    private int _asked;

    private EntraStub(WebApplication app) => _app = app;

    /// <summary>Without a trailing slash.</summary>
    public string Url { get; private set; } = "";

    public string Issuer => $"{Url}/{Tenant}/v2.0";

    /// <summary>The number of requests for the keys.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Answers every request with 503.</summary>
    public bool IsDown { get; set; }

    /// <summary>The member that the discovery document omits.</summary>
    public string? Lacks { get; set; }

    public JsonArray Keys { get; set; } = [];

    public static async Task<EntraStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new EntraStub(app);
        app.Use(stub.CountAsync);
        app.MapGet($"/{Tenant}/v2.0/.well-known/openid-configuration", stub.Discovery);
        app.MapGet("/keys", () => new JsonObject { ["keys"] = stub.Keys.DeepClone() });
        await app.StartAsync();
        stub.Url = app.Urls.Single();
        return stub;
    }

    /// <param name="issuer">The issuer of the key; null for any issuer.</param>
    public static JsonObject Publish(RSA key, string kid, string? issuer = null)
    {
        var numbers = key.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA",
            ["kid"] = kid,
            ["n"] = Base64UrlEncoder.Encode(numbers.Modulus),
            ["e"] = Base64UrlEncoder.Encode(numbers.Exponent),
            ["issuer"] = issuer,
        };
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private JsonObject Discovery()
    {
        var document = new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = Url + "/authorize",
            ["token_endpoint"] = Url + "/token",
            ["jwks_uri"] = Url + "/keys",
        };
        if (Lacks is not null) document.Remove(Lacks);
        return document;
    }

    private Task CountAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == "/keys") Interlocked.Increment(ref _asked);
        if (!IsDown) return next(context);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }
}
