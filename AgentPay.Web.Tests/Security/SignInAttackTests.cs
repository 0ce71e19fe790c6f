using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Tests.Security;

/// <summary>Sign-ins with forged ID tokens. <c>EntraBearerTests</c> tests the same checks for access tokens.</summary>
public sealed class SignInAttackTests(SignInAttackTests.Bench bench) : IClassFixture<SignInAttackTests.Bench>
{
    private readonly ForgingEntra _entra = bench.Entra;
    private readonly AgentPayApp _app = bench.App;
    private readonly int _logged = bench.App.Log.Lines.Count;

    [Fact]
    public async Task IdToken_AsItShouldBe_SignsIn() =>
        (await SignInAsync(nonce => Signed(_entra.Claims(nonce, _app.Clock)))).ShouldBe(("/pay?uui=7", true));

    [Theory]
    [InlineData("tid", "\"99999999-9999-4999-8999-999999999999\"", "wrong-tenant")]
    [InlineData("tid", null, "wrong-")]
    [InlineData("iss", "\"https://login.microsoftonline.com/00000000-0000-4000-8000-000000000001/v2.0\"", "wrong-issuer")]
    [InlineData("iss", null, "")]
    [InlineData("aud", "\"99999999-9999-4999-8999-999999999999\"", "wrong-audience")]
    [InlineData("aud", "\"00000000-0000-4000-8000-000000000002/\"", "wrong-audience")]
    [InlineData("aud", null, "wrong-audience")]
    [InlineData("exp", "1", "expired")]
    [InlineData("exp", null, "")]
    [InlineData("nbf", "9999999999", "not-yet-valid")]
    [InlineData("sub", null, "")]
    [InlineData("iat", null, "")]
    [InlineData("azp", "\"99999999-9999-4999-8999-999999999999\"", "")]
    [InlineData("at_hash", "\"c29tZXRoaW5nIGVsc2U\"", "")]
    [InlineData("nonce", "\"\"", "wrong-nonce")]
    [InlineData("nonce", "\"of-another-sign-in\"", "wrong-nonce")]
    [InlineData("nonce", null, "wrong-nonce")]
    public async Task IdToken_WithAWrongClaim_IsRefused(string claim, string? value, string why)
    {
        var end = await SignInAsync(nonce =>
        {
            var claims = _entra.Claims(nonce, _app.Clock);
            claims.Remove(claim);
            if (value is not null) claims[claim] = JsonNode.Parse(value);
            return Signed(claims);
        });

        ShouldBeDenied(end, why);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS384")]
    [InlineData("PS256")]
    [InlineData("another-key")]
    [InlineData("another-key-id")]
    [InlineData("own-key-in-the-header")]
    [InlineData("huge")]
    [InlineData("cut")]
    [InlineData("claims-after-signing")]
    [InlineData("two-nonces")]
    [InlineData("empty")]
    [InlineData("nonsense")]
    public async Task IdToken_NotSignedAsItShouldBe_IsRefused(string forgery)
    {
        var end = await SignInAsync(nonce => Forge(forgery, nonce));

        ShouldBeDenied(end, "");
    }

    /// <summary>A running session keeps its roles, for eight hours at most: <c>SessionTests</c>.</summary>
    [Fact]
    public async Task Role_TakenAway_CountsFromTheNextSignInOn()
    {
        using var browser = new HttpBrowser(_app.Url);
        (await SignInAsync(browser, nonce => Signed(_entra.Claims(nonce, _app.Clock)))).Dispose();
        using var before = await browser.GoAsync("/history");

        (await SignInAsync(browser, nonce =>
        {
            var claims = _entra.Claims(nonce, _app.Clock);
            claims.Remove("roles");
            return Signed(claims);
        })).Dispose();

        before.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        foreach (var path in (string[])["/", "/pay", "/history", "/history/export", "/setup"])
        {
            using var after = await browser.GoAsync(path);
            after.Headers.Location!.OriginalString.ShouldBe("/denied?reason=no-role", path);
        }
        using var token = await browser.FetchAsync(HttpMethod.Get, "/getSyncToken");
        token.StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    private string Forge(string forgery, string nonce)
    {
        var other = TestKeys.Other;
        var claims = _entra.Claims(nonce, _app.Clock);
        var secret = Encoding.ASCII.GetBytes(ForgingEntra.Key.ExportSubjectPublicKeyInfoPem());
        var good = Signed(claims);
        var header = ForgingEntra.Header();
        header["kid"] = "unheard-of";
        return forgery switch
        {
            "none" => EntraForge.Sign(ForgingEntra.Header("none"), claims, _ => []),
            "HS256" => EntraForge.Sign(ForgingEntra.Header("HS256"), claims, text => HMACSHA256.HashData(secret, text)),
            "RS384" => EntraForge.Sign(ForgingEntra.Header("RS384"), claims, text =>
                ForgingEntra.Key.SignData(text, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1)),
            "PS256" => EntraForge.Sign(ForgingEntra.Header("PS256"), claims, text =>
                ForgingEntra.Key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
            "another-key" => EntraForge.Sign(ForgingEntra.Header(), claims, other),
            "another-key-id" => EntraForge.Sign(header, claims, other),
            "own-key-in-the-header" => EntraForge.Sign(WithKey(other), claims, other),
            "huge" => Signed(new JsonObject(claims.Select(claim => KeyValuePair.Create(claim.Key, claim.Value?.DeepClone())))
            {
                ["name"] = new string('a', 20_000),
            }),
            "cut" => good[..^40],
            "claims-after-signing" => string.Join(
                '.', good.Split('.')[0], Signed(_entra.Claims(nonce, TimeProvider.System)).Split('.')[1], good.Split('.')[2]),
            "two-nonces" => TwoNonces(claims, nonce),
            "empty" => "",
            _ => "nonsense",
        };
    }

    private static JsonObject WithKey(RSA key)
    {
        var header = ForgingEntra.Header();
        header["jwk"] = EntraStub.Publish(key, ForgingEntra.KeyId);
        header["jku"] = "https://evil.example/keys";
        header["x5u"] = "https://evil.example/key";
        return header;
    }

    /// <summary>A token that is valid except for a second nonce. The first nonce belongs to another sign-in.</summary>
    private static string TwoNonces(JsonObject claims, string nonce)
    {
        var json = claims.ToJsonString()
            .Replace("\"nonce\":", "\"nonce\":\"" + nonce + "\",\"nonce\":\"another\",\"x\":", StringComparison.Ordinal);
        var text = $"{Encode(ForgingEntra.Header().ToJsonString())}.{Encode(json)}";
        var signature = ForgingEntra.Key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{WebEncoders.Base64UrlEncode(signature)}";
    }

    private static string Encode(string text) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(text));

    private static string Signed(JsonObject claims) => EntraForge.Sign(ForgingEntra.Header(), claims, ForgingEntra.Key);

    /// <summary>Returns the final URL of the sign-in, and whether there is a session.</summary>
    private async Task<(string Lands, bool HasSession)> SignInAsync(Func<string, string> idToken)
    {
        using var browser = new HttpBrowser(_app.Url);
        using var back = await SignInAsync(browser, idToken);
        return (back.Headers.Location!.OriginalString, browser.Cookies.Any(cookie => cookie.Name == "agentpay"));
    }

    private async Task<HttpResponseMessage> SignInAsync(HttpBrowser browser, Func<string, string> idToken)
    {
        using var away = await browser.GoAsync("/signin?returnUrl=%2Fpay%3Fuui%3D7");
        var asked = QueryHelpers.ParseQuery(away.Headers.Location!.Query);
        _entra.IdToken = idToken(asked["nonce"]!);
        return await browser.GoAsync("/signin-oidc?code=any&state=" + Uri.EscapeDataString(asked["state"]!));
    }

    private void ShouldBeDenied((string Lands, bool HasSession) end, string why)
    {
        end.Lands.ShouldStartWith("/denied?reason=");
        end.HasSession.ShouldBeFalse();
        _app.Log.Lines.Skip(_logged).ShouldContain(line =>
            line.StartsWith("Warning: Sign-in failed", StringComparison.Ordinal) && line.Contains(why, StringComparison.Ordinal));
    }

    /// <summary>AgentPay in Live mode with an Entra that issues forged tokens.</summary>
    public sealed class Bench : IAsyncLifetime
    {
        private readonly SandboxApp _sandbox = new();

        public AgentPayApp App { get; private set; } = null!;

        internal ForgingEntra Entra { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Entra = await ForgingEntra.StartAsync();
            App = new(LiveSettings.Of(_sandbox, Entra.Url + "/", "http://localhost:7080"));
            await App.ReadyAsync();
        }

        public async Task DisposeAsync()
        {
            await App.DisposeAsync();
            await _sandbox.DisposeAsync();
            await Entra.DisposeAsync();
        }
    }
}
