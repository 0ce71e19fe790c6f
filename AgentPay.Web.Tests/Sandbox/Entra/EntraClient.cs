using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Tests.Sandbox.Entra;

/// <summary>An application and a browser in one: the steps of a standard OpenID Connect client.</summary>
public sealed class EntraClient : IDisposable
{
    public const string Tenant = "00000000-0000-4000-8000-000000000001";
    public const string ClientId = "00000000-0000-4000-8000-000000000002";
    public const string Secret = "sandbox-client-secret-00000000000000";
    public const string RedirectUri = "http://localhost:5080/signin-oidc";
    public const string Amara = "00000000-0000-4000-8000-0000000000a1";
    public const string Nora = "00000000-0000-4000-8000-0000000000d1";
    public const string Verifier = "a-code-verifier-that-is-long-enough-for-the-rfc";

    private readonly SandboxApp _sandbox;

    public EntraClient(SandboxApp sandbox)
    {
        _sandbox = sandbox;
        Browser = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(sandbox.Url, $"sandbox/entra/{Tenant}/") };
    }

    /// <summary>Keeps cookies and follows no redirects.</summary>
    public HttpClient Browser { get; }

    /// <summary>The parameters of a sign-in that works, with these in their place; null takes one away.</summary>
    public static Dictionary<string, string?> Request(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["client_id"] = ClientId,
            ["response_type"] = "code",
            ["redirect_uri"] = RedirectUri,
            ["scope"] = "openid profile",
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
            ["nonce"] = "the-nonce",
            ["state"] = "the state & more",
        };
        foreach (var (name, value) in changes) parameters[name] = value;
        return parameters;
    }

    public Task<HttpResponseMessage> AskAsync(params (string Name, string? Value)[] changes) => Browser.GetAsync(AuthorizeUrl(changes));

    public Task<HttpResponseMessage> ChooseAsync(Dictionary<string, string> form, params (string Name, string? Value)[] changes) =>
        Browser.PostAsync(AuthorizeUrl(changes), new FormUrlEncodedContent(form));

    public async Task<string> CodeAsync(string person = Amara, string fault = "none", params (string Name, string? Value)[] changes)
    {
        using var answer = await ChooseAsync(new() { ["person"] = person, ["fault"] = fault }, changes);
        return Reply(answer)["code"];
    }

    public Task<HttpResponseMessage> RedeemAsync(string code, params (string Name, string? Value)[] changes)
    {
        var form = new Dictionary<string, string?>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = ClientId,
            ["client_secret"] = Secret,
            ["code"] = code,
            ["redirect_uri"] = RedirectUri,
            ["code_verifier"] = Verifier,
        };
        foreach (var (name, value) in changes) form[name] = value;
        return Browser.PostAsync("oauth2/v2.0/token", new FormUrlEncodedContent(form.Where(p => p.Value is not null)!));
    }

    public async Task<JsonElement> TokensAsync(string person = Amara, string fault = "none", string scope = "openid profile")
    {
        using var answer = await RedeemAsync(await CodeAsync(person, fault, ("scope", scope)));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await JsonAsync(answer);
    }

    /// <summary>
    /// As a relying party does it: issuer and keys from discovery, RS256 only. The lifetime is held against the sandbox's own clock.
    /// </summary>
    public async Task<TokenValidationResult> ValidateAsync(string token)
    {
        var discovery = JsonDocument.Parse(await Browser.GetStringAsync("v2.0/.well-known/openid-configuration")).RootElement;
        var keys = new JsonWebKeySet(await Browser.GetStringAsync(discovery.GetProperty("jwks_uri").GetString()));
        return await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = discovery.GetProperty("issuer").GetString(),
            ValidAudience = ClientId,
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            LifetimeValidator = (notBefore, expires, _, _) => notBefore <= Now && Now < expires,
        });
    }

    /// <summary>What the browser brings back to the application, and to where.</summary>
    public static Dictionary<string, string> Reply(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        var location = answer.Headers.Location!.OriginalString;
        location.ShouldStartWith(RedirectUri + "?");
        return QueryHelpers.ParseQuery(new Uri(location).Query).ToDictionary(p => p.Key, p => p.Value.ToString());
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    public static string AuthorizeUrl(params (string Name, string? Value)[] changes) =>
        QueryHelpers.AddQueryString("oauth2/v2.0/authorize", Request(changes));

    public void Dispose() => Browser.Dispose();

    private DateTime Now => _sandbox.Clock.GetUtcNow().UtcDateTime;
}
