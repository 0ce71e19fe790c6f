using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Identity;

public sealed class EntraBearerTests : IClassFixture<EntraBearerTests.Shared>
{
    private readonly AgentPayApp _app;
    private readonly EntraForge _forge;

    public EntraBearerTests(Shared shared)
    {
        _app = shared.App;
        _forge = new(_app);
    }

    [Fact]
    public async Task Token_OfAPerson_IsThatPerson() => (await WhoAsync(_forge.Token())).Split('\n').ShouldBe(
        [
            $"oid={People.Amara}", $"tid={EntraForge.Tenant}", "name=Amara Okafor", "preferred_username=amara@agentpay.example",
            "roles=AgentPay.Agent",
        ], ignoreOrder: true);

    [Theory]
    [InlineData(EntraForge.ClientId)]
    [InlineData("api://" + EntraForge.ClientId)]
    [InlineData("https://api.example.com")]
    public async Task Token_ForAnAudienceOfOurs_IsAccepted(string audience) =>
        (await WhoAsync(_forge.Token(claims => claims["aud"] = audience))).ShouldContain($"oid={People.Amara}");

    [Fact]
    public async Task Token_OfAnApplication_IsAcceptedButIsNoUser()
    {
        var token = _forge.Token(claims =>
        {
            claims.Remove("scp");
            claims.Remove("preferred_username");
        });

        (await WhoAsync(token)).ShouldContain("roles=AgentPay.Agent");
        (await StatusAsync(token)).ShouldBe(HttpStatusCode.Forbidden);
    }

    public static TheoryData<string, string, string?, string> WrongClaims => new()
    {
        { "iss", "another", "https://login.microsoftonline.com/00000000-0000-4000-8000-000000000001/v2.0", "wrong-issuer" },
        { "iss", "missing", null, "wrong-issuer" },
        { "aud", "another", "00000003-0000-0000-c000-000000000000", "wrong-audience" },
        { "aud", "almost", EntraForge.ClientId + "/", "wrong-audience" },
        { "aud", "missing", null, "wrong-audience" },
        { "tid", "another", "99999999-0000-4000-8000-000000000001", "wrong-tenant" },
        { "tid", "missing", null, "wrong-tenant" },
        { "azp", "an ID token", null, "no-access-token" },
    };

    [Theory]
    [MemberData(nameof(WrongClaims))]
    public async Task Token_WithAWrongClaim_IsRefused(string claim, string case_, string? value, string why)
    {
        case_.ShouldNotBeEmpty();

        var token = _forge.Token(claims => claims[claim] = value);

        (await WhoAsync(token)).ShouldBe("failure=" + why);
        (await StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_WithNeitherScopeNorRole_IsRefused()
    {
        var token = _forge.Token(claims =>
        {
            claims.Remove("scp");
            claims.Remove("roles");
        });

        (await WhoAsync(token)).ShouldBe("failure=no-access-token");
    }

    [Theory]
    [InlineData("exp", -7200, "expired")]
    [InlineData("exp", -300, "expired")]
    [InlineData("exp", -299, null)]
    [InlineData("nbf", 299, null)]
    [InlineData("nbf", 301, "not-yet-valid")]
    [InlineData("nbf", 7200, "not-yet-valid")]
    [InlineData("exp", null, "expired")]
    public async Task Token_OutOfItsTime_IsRefusedAfterFiveMinutesOfGrace(string claim, int? seconds, string? why)
    {
        var token = _forge.Token(claims =>
        {
            if (seconds is null) claims.Remove(claim);
            else claims[claim] = _app.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds;
        });

        (await WhoAsync(token)).ShouldStartWith(why is null ? "oid=" : "failure=" + why);
    }

    [Fact]
    public async Task Token_Unsigned_IsRefused()
    {
        var unsigned = EntraForge.Sign(_forge.Header("none"), _forge.Claims(), _ => []);

        (await WhoAsync(unsigned)).ShouldStartWith("failure=");
        (await WhoAsync(unsigned.TrimEnd('.'))).ShouldStartWith("failure=");
    }

    [Fact]
    public async Task Token_SignedByThePublicKeyAsASecret_IsRefused()
    {
        var forged = EntraForge.Sign(_forge.Header("HS256"), _forge.Claims(), text =>
            HMACSHA256.HashData(Encoding.ASCII.GetBytes(_forge.PublicKeyPem), text));

        (await WhoAsync(forged)).ShouldStartWith("failure=");
    }

    [Fact]
    public async Task Token_SignedByTheRightKeyWithAnotherAlgorithm_IsRefused()
    {
        (await WhoAsync(_forge.TokenBy("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss))).ShouldStartWith("failure=");
        (await WhoAsync(_forge.TokenBy("RS384", HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1))).ShouldStartWith("failure=");
        (await WhoAsync(_forge.TokenBy("RS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))).ShouldStartWith("oid=");
    }

    [Fact]
    public async Task Token_SignedByAnotherKeyUnderTheKnownId_IsRefused()
    {
        var key = TestKeys.Other;

        (await WhoAsync(EntraForge.Sign(_forge.Header("RS256"), _forge.Claims(), key))).ShouldBe("failure=wrong-signature");
    }

    [Theory]
    [InlineData("kid", "unheard-of")]
    [InlineData("kid", null)]
    public async Task Token_SignedByAnotherKeyUnderAnUnknownId_IsRefused(string name, string? value)
    {
        var key = TestKeys.Other;
        var header = _forge.Header("RS256");
        header[name] = value;

        (await WhoAsync(EntraForge.Sign(header, _forge.Claims(), key))).ShouldStartWith("failure=");
    }

    [Fact]
    public async Task Token_BringingItsOwnKey_IsRefused()
    {
        var key = TestKeys.Other;
        var numbers = key.ExportParameters(false);
        var header = _forge.Header("RS256");
        header["jwk"] = new JsonObject { ["kty"] = "RSA", ["n"] = Convert.ToBase64String(numbers.Modulus!), ["e"] = "AQAB" };
        header["jku"] = "https://evil.example/keys";

        (await WhoAsync(EntraForge.Sign(header, _forge.Claims(), key))).ShouldBe("failure=wrong-signature");
    }

    [Fact]
    public async Task Token_CutAnywhere_IsRefused()
    {
        var token = _forge.Token();

        foreach (var length in (int[])[1, 10, token.IndexOf('.'), token.LastIndexOf('.'), token.LastIndexOf('.') + 1, token.Length - 1])
            (await WhoAsync(token[..length])).ShouldStartWith("failure=", customMessage: $"{length} characters");
    }

    [Fact]
    public async Task Token_WithClaimsChangedAfterwards_IsRefused()
    {
        var (mine, theirs) =
            (_forge.Token().Split('.'), _forge.Token(claims => claims["roles"] = new JsonArray("AgentPay.Supervisor")).Split('.'));

        (await WhoAsync($"{mine[0]}.{theirs[1]}.{mine[2]}")).ShouldBe("failure=wrong-signature");
    }

    [Fact]
    public async Task Token_Huge_IsRefusedAndSaysSo()
    {
        var token = _forge.Token(claims => claims["groups"] = new string('x', 14_000));

        (await WhoAsync(token)).ShouldBe("failure=token-too-large");
        using var answer = await SendAsync("/getSyncToken", token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldContain("The token is larger than 16 KiB");
    }

    /// <summary>An ID token of the console, with a valid issuer, audience, key and roles.</summary>
    [Fact]
    public async Task IdToken_OfASignIn_DoesNotOpenTheApi()
    {
        var token = _forge.Token(claims =>
        {
            foreach (var claim in (string[])["azp", "scp"]) claims.Remove(claim);
            claims["nonce"] = "of-a-sign-in";
        });

        (await WhoAsync(token)).ShouldBe("failure=no-access-token");
        (await StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Token_AcceptedOrRefused_IsNotLogged()
    {
        foreach (var token in (string[])[_forge.Token(), _forge.Token(claims => claims["aud"] = "another"), _forge.Token()[..^5]])
            await WhoAsync(token);

        // Base64 of {"alg":" and {"typ":", with which tokens start.
        _app.Log.Lines.ShouldNotContain(line =>
            line.Contains("eyJhbGciOiJ", StringComparison.Ordinal) || line.Contains("eyJ0eXAiOiJ", StringComparison.Ordinal));
        _app.Log.Lines.ShouldNotContain(line => line.Contains("amara@agentpay.example", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer ..")]
    [InlineData("Bearer ....")]
    [InlineData("Bearer Zoë.ë.ë")]
    [InlineData("Bearer eyJhbGciOiJSUzI1NiJ9.e30.")]
    public async Task Header_WithoutAToken_IsRefused(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/getSyncToken");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        using var answer = await _app.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    private async Task<string> WhoAsync(string token)
    {
        using var answer = await SendAsync($"/test/who/{IdentitySchemes.EntraBearer}", token);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var answer = await SendAsync("/getSyncToken", token);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return await _app.Http.SendAsync(request);
    }

    public sealed class Shared : IDisposable
    {
        public AgentPayApp App { get; } = IdentityApp.Start(configure: services =>
            services.AddSingleton<IPostConfigureOptions<AzureAdOptions>>(
                new PostConfigureOptions<AzureAdOptions>(null, o => o.Audience = "https://api.example.com")));

        public void Dispose() => App.Dispose();
    }
}
