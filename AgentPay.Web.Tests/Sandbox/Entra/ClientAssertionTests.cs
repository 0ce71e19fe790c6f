using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Tests.Sandbox.Entra;

/// <summary>
/// Client assertions at the sandbox's token endpoint: learn.microsoft.com/entra/identity-platform/certificate-credentials.
/// </summary>
public sealed class ClientAssertionTests : IDisposable
{
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly TestCertificate _certificate = new();
    private readonly SandboxApp _sandbox;
    private readonly EntraClient _client;

    public ClientAssertionTests()
    {
        _sandbox = new(new() { ["Sandbox:ClientCertificate"] = _certificate.PublicFile });
        _client = new(_sandbox);
    }

    [Fact]
    public async Task Redeem_ByAnAssertionOfTheCertificate_GivesTokens() => (await RedeemAsync(Assertion())).ShouldBe((200, 0));

    [Fact]
    public async Task Redeem_ByTheSameAssertionTwice_IsRefused()
    {
        var assertion = Assertion();
        await RedeemAsync(assertion);

        (await RedeemAsync(assertion)).ShouldBe((401, 700024));
    }

    [Theory]
    [InlineData("iss", "\"another\"", 700021)]
    [InlineData("aud", "\"https://login.microsoftonline.com/common\"", 700023)]
    [InlineData("exp", "1", 700024)]
    public async Task Redeem_ByAnAssertionWithAWrongClaim_IsRefused(string claim, string value, int code) =>
        (await RedeemAsync(Assertion(claims => claims[claim] = JsonNode.Parse(value)))).ShouldBe((401, code));

    [Fact]
    public async Task Redeem_ByAnotherCertificate_IsRefused()
    {
        using var another = new TestCertificate(key: TestKeys.Other);

        (await RedeemAsync(Assertion(certificate: another.Certificate))).ShouldBe((401, 700027));
        (await RedeemAsync(Assertion(thumbprintOf: another.Certificate))).ShouldBe((401, 700027));
        (await RedeemAsync(Assertion(certificate: another.Certificate, thumbprintOf: _certificate.Certificate))).ShouldBe((401, 700027));
    }

    [Theory]
    [InlineData("nonsense", 50027)]
    [InlineData("e30.e30.", 700027)]
    public async Task Redeem_ByNoAssertion_IsRefused(string assertion, int code) => (await RedeemAsync(assertion)).ShouldBe((401, code));

    [Fact]
    public async Task Redeem_ByAnAssertionAndASecret_IsRefused()
    {
        using var answer = await _client.RedeemAsync(await _client.CodeAsync(), ("client_assertion", Assertion()),
            ("client_assertion_type", JwtBearer));

        ((int)answer.StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task Redeem_WithoutARegisteredCertificate_IsRefused()
    {
        using var sandbox = new SandboxApp();
        using var client = new EntraClient(sandbox);

        (await RedeemAsync(client, Assertion())).ShouldBe((401, 700027));
    }

    [Fact]
    public async Task ManagedIdentity_WithTheHeader_GivesAnAssertionThatIsTaken()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get,
            "sandbox/entra/managed-identity/token?api-version=2019-08-01&resource=api%3A%2F%2FAzureADTokenExchange");
        request.Headers.Add("X-IDENTITY-HEADER", "sandbox-identity-header");
        using var answer = await _sandbox.Anonymous.SendAsync(request);

        var token = (await EntraClient.JsonAsync(answer)).GetProperty("access_token").GetString()!;

        (await RedeemAsync(token)).ShouldBe((200, 0));
    }

    [Fact]
    public async Task ManagedIdentity_WithoutTheHeader_GivesNothing()
    {
        using var answer =
            await _sandbox.Anonymous.GetAsync("sandbox/entra/managed-identity/token?resource=api%3A%2F%2FAzureADTokenExchange");

        ((int)answer.StatusCode).ShouldBe(401);
    }

    public void Dispose()
    {
        _client.Dispose();
        _sandbox.Dispose();
        _certificate.Dispose();
    }

    private Task<(int Status, int Code)> RedeemAsync(string assertion) => RedeemAsync(_client, assertion);

    private static async Task<(int Status, int Code)> RedeemAsync(EntraClient client, string assertion)
    {
        using var answer = await client.RedeemAsync(await client.CodeAsync(), ("client_secret", null), ("client_assertion", assertion),
            ("client_assertion_type", JwtBearer));
        var body = await EntraClient.JsonAsync(answer);
        return ((int)answer.StatusCode, body.TryGetProperty("error_codes", out var codes) ? codes[0].GetInt32() : 0);
    }

    private string Assertion(Action<JsonObject>? spoil = null, X509Certificate2? certificate = null, X509Certificate2? thumbprintOf = null)
    {
        certificate ??= _certificate.Certificate;
        var now = _sandbox.Clock.GetUtcNow().ToUnixTimeSeconds();
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "PS256",
            ["x5t#S256"] = Base64UrlEncoder.Encode(SHA256.HashData((thumbprintOf ?? certificate).RawData)) };
        var claims = new JsonObject
        {
            ["iss"] = EntraClient.ClientId,
            ["sub"] = EntraClient.ClientId,
            ["aud"] = $"{_sandbox.Url}sandbox/entra/{EntraClient.Tenant}/oauth2/v2.0/token",
            ["jti"] = Guid.NewGuid().ToString(),
            ["nbf"] = now,
            ["exp"] = now + 300,
        };
        spoil?.Invoke(claims);
        using var key = certificate.GetRSAPrivateKey()!;
        return EntraForge.Sign(header, claims, text => key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));
    }
}
