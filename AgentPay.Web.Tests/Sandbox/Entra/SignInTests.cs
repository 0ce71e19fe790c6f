using System.Text.Json;
using AgentPay.Web.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Tests.Sandbox.Entra;

public sealed class SignInTests : IClassFixture<SharedSandbox>, IDisposable
{
    private readonly SandboxApp _sandbox;
    private readonly EntraClient _client;

    public SignInTests(SharedSandbox shared)
    {
        _sandbox = shared.Reset();
        _client = new(_sandbox);
    }

    [Fact]
    public async Task Discovery_ForTheTenant_NamesTheEndpointsUnderTheAddressThatWasAsked()
    {
        using var answer = await _client.Browser.GetAsync("v2.0/.well-known/openid-configuration");

        var document = await EntraClient.JsonAsync(answer);
        var tenant = _client.Browser.BaseAddress!.AbsoluteUri;
        document.GetProperty("issuer").GetString().ShouldBe($"{tenant}v2.0");
        document.GetProperty("authorization_endpoint").GetString().ShouldBe($"{tenant}oauth2/v2.0/authorize");
        document.GetProperty("token_endpoint").GetString().ShouldBe($"{tenant}oauth2/v2.0/token");
        document.GetProperty("jwks_uri").GetString().ShouldBe($"{tenant}discovery/v2.0/keys");
        document.GetProperty("end_session_endpoint").GetString().ShouldBe($"{tenant}oauth2/v2.0/logout");
    }

    [Fact]
    public async Task Discovery_BehindAProxy_UsesTheConfiguredBase()
    {
        using var sandbox = new SandboxApp(new() { ["Sandbox:BaseUrl"] = "https://sandbox.example/" });
        using var client = new EntraClient(sandbox);

        using var answer = await client.Browser.GetAsync("v2.0/.well-known/openid-configuration");

        var document = await EntraClient.JsonAsync(answer);
        document.GetProperty("issuer").GetString().ShouldBe($"https://sandbox.example/sandbox/entra/{EntraClient.Tenant}/v2.0");
    }

    [Fact]
    public async Task Keys_Published_HoldNothingPrivate()
    {
        using var answer = await _client.Browser.GetAsync("discovery/v2.0/keys");

        var key = (await EntraClient.JsonAsync(answer)).GetProperty("keys").EnumerateArray().ShouldHaveSingleItem();
        key.EnumerateObject().Select(member => member.Name).ShouldBe(["kty", "use", "alg", "kid", "n", "e"]);
    }

    [Fact]
    public async Task SignIn_AsAnAgent_GivesAValidTokenWithTheClaimsOfThePerson()
    {
        var tokens = await _client.TokensAsync();

        var result = await _client.ValidateAsync(tokens.GetProperty("id_token").GetString()!);
        result.IsValid.ShouldBeTrue(result.Exception?.Message);
        var token = (JsonWebToken)result.SecurityToken;
        token.GetPayloadValue<string>("oid").ShouldBe(EntraClient.Amara);
        token.GetPayloadValue<string>("tid").ShouldBe(EntraClient.Tenant);
        token.GetPayloadValue<string>("preferred_username").ShouldBe("amara@agentpay.example");
        token.GetPayloadValue<string>("name").ShouldBe("Amara Okafor");
        token.GetPayloadValue<string[]>("roles").ShouldBe(["AgentPay.Agent"]);
        token.GetPayloadValue<string>("nonce").ShouldBe("the-nonce");
        token.GetPayloadValue<string>("ver").ShouldBe("2.0");
        (token.ValidTo - token.ValidFrom).ShouldBe(TimeSpan.FromHours(1));
        token.IssuedAt.ShouldBe(_sandbox.Clock.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public async Task SignIn_Answered_SaysWhatTheTokensAreGoodFor()
    {
        var tokens = await _client.TokensAsync(scope: "openid profile offline_access");

        tokens.GetProperty("token_type").GetString().ShouldBe("Bearer");
        tokens.GetProperty("scope").GetString().ShouldBe("openid profile");
        tokens.GetProperty("expires_in").GetInt32().ShouldBe(3600);
        tokens.GetProperty("ext_expires_in").GetInt32().ShouldBe(3600);
        tokens.TryGetProperty("refresh_token", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("00000000-0000-4000-8000-0000000000a2", "AgentPay.Agent")]
    [InlineData("00000000-0000-4000-8000-0000000000b1", "AgentPay.Supervisor")]
    [InlineData("00000000-0000-4000-8000-0000000000c1", "AgentPay.Admin")]
    public async Task SignIn_AsSomeoneElse_GivesTheirRole(string person, string role)
    {
        var tokens = await _client.TokensAsync(person);

        Read(tokens.GetProperty("id_token").GetString()!).GetPayloadValue<string[]>("roles").ShouldBe([role]);
    }

    [Fact]
    public async Task SignIn_WithoutARole_HasNoRolesClaimAtAll()
    {
        var tokens = await _client.TokensAsync(EntraClient.Nora);

        var token = Read(tokens.GetProperty("id_token").GetString()!);
        token.GetPayloadValue<string>("name").ShouldBe("Nora Quinn");
        token.TryGetPayloadValue<object>("roles", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task SignIn_Repeated_KeepsTheSubjectAndTellsPeopleApart()
    {
        var first = Subject(await _client.TokensAsync());
        var again = Subject(await _client.TokensAsync());
        var other = Subject(await _client.TokensAsync(EntraClient.Nora));

        again.ShouldBe(first);
        other.ShouldNotBe(first);
        first.ShouldNotBe(EntraClient.Amara);
    }

    [Fact]
    public async Task SignIn_WithoutANonce_HasNone()
    {
        using var answer = await _client.RedeemAsync(await _client.CodeAsync(changes: ("nonce", null)));

        var token = Read((await EntraClient.JsonAsync(answer)).GetProperty("id_token").GetString()!);
        token.TryGetPayloadValue<string>("nonce", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("issuer", typeof(SecurityTokenInvalidIssuerException))]
    [InlineData("audience", typeof(SecurityTokenInvalidAudienceException))]
    [InlineData("key", typeof(SecurityTokenInvalidSignatureException))]
    [InlineData("expired", typeof(SecurityTokenInvalidLifetimeException))]
    public async Task SignIn_WithAFault_FailsJustThatCheck(string fault, Type refusal)
    {
        var tokens = await _client.TokensAsync(fault: fault, scope: $"openid api://{EntraClient.ClientId}/access");

        (await _client.ValidateAsync(tokens.GetProperty("id_token").GetString()!)).Exception.ShouldBeOfType(refusal);
        (await _client.ValidateAsync(tokens.GetProperty("access_token").GetString()!)).Exception.ShouldBeOfType(refusal);
    }

    [Fact]
    public async Task SignIn_WithAWrongNonce_IsValidButForTheNonce()
    {
        var tokens = await _client.TokensAsync(fault: "nonce");

        var result = await _client.ValidateAsync(tokens.GetProperty("id_token").GetString()!);
        result.IsValid.ShouldBeTrue();
        ((JsonWebToken)result.SecurityToken).GetPayloadValue<string>("nonce").ShouldNotBe("the-nonce");
    }

    [Fact]
    public async Task SignIn_ForTheApi_GivesAnAccessTokenForIt()
    {
        var api = $"api://{EntraClient.ClientId}";

        var tokens = await _client.TokensAsync(scope: $"openid {api}/access {api}/read");

        tokens.GetProperty("scope").GetString().ShouldBe($"{api}/access {api}/read");
        var result = await _client.ValidateAsync(tokens.GetProperty("access_token").GetString()!);
        result.IsValid.ShouldBeTrue(result.Exception?.Message);
        var token = (JsonWebToken)result.SecurityToken;
        token.GetPayloadValue<string>("scp").ShouldBe("access read");
        token.GetPayloadValue<string>("azp").ShouldBe(EntraClient.ClientId);
        token.GetPayloadValue<string[]>("roles").ShouldBe(["AgentPay.Agent"]);
        token.TryGetPayloadValue<string>("nonce", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task SignIn_ForNoApi_GivesAnAccessTokenThatCannotBeRead()
    {
        var tokens = await _client.TokensAsync();

        new JsonWebTokenHandler().CanReadToken(tokens.GetProperty("access_token").GetString()).ShouldBeFalse();
    }

    public void Dispose() => _client.Dispose();

    private static JsonWebToken Read(string token) => new(token);

    private static string Subject(JsonElement tokens) => Read(tokens.GetProperty("id_token").GetString()!).Subject;
}
