using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AgentPay.Web.Tests.Security;
using AgentPay.Web.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Tests.Identity;

/// <summary>AgentPay authenticates at Entra's token endpoint by a certificate or a managed identity, without a secret.</summary>
public sealed class ClientCredentialTests : IDisposable
{
    private readonly TestCertificate _certificate = new();

    [Fact]
    public async Task SignIn_ByACertificateThatEntraKnows_Works()
    {
        using var sandbox = new SandboxApp(new() { ["Sandbox:ClientCertificate"] = _certificate.PublicFile });
        using var app = LiveApp.Start(sandbox, _certificate.Settings);

        for (var n = 0; n < 2; n++) (await SignInAsync(app)).ShouldBe("/");
    }

    [Fact]
    public async Task SignIn_ByACertificateFromBase64_Works()
    {
        using var sandbox = new SandboxApp(new() { ["Sandbox:ClientCertificate"] = _certificate.PublicFile });
        using var app = LiveApp.Start(
            sandbox, ("AzureAd:ClientSecret", ""), ("AzureAd:ClientCredentials:0:SourceType", "Base64Encoded"),
            ("AzureAd:ClientCredentials:0:Base64EncodedValue",
                Convert.ToBase64String(_certificate.Certificate.Export(X509ContentType.Pkcs12))));

        (await SignInAsync(app)).ShouldBe("/");
    }

    [Fact]
    public async Task SignIn_ByACertificateThatEntraDoesNotKnow_IsRefusedByEntra()
    {
        using var another = new TestCertificate(key: TestKeys.Other);
        using var sandbox = new SandboxApp(new() { ["Sandbox:ClientCertificate"] = another.PublicFile });
        using var app = LiveApp.Start(sandbox, _certificate.Settings);

        (await SignInAsync(app)).ShouldStartWith("/denied?reason=entra-refused&reference=");
        app.Log.Lines.ShouldContain(line => line.Contains("AADSTS700027", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignIn_ByASecretAmongTheCredentials_Works()
    {
        using var sandbox = new SandboxApp();
        using var app = LiveApp.Start(
            sandbox, ("AzureAd:ClientSecret", ""), ("AzureAd:ClientCredentials:0:SourceType", "ClientSecret"),
            ("AzureAd:ClientCredentials:0:ClientSecret", "sandbox-client-secret-00000000000000"));

        (await SignInAsync(app)).ShouldBe("/");
    }

    /// <summary>The identity's endpoint and header are read from the environment, as App Service sets them.</summary>
    [Fact]
    public async Task SignIn_ByAManagedIdentity_SendsItsTokenAsAssertion()
    {
        using var sandbox = new SandboxApp(realTime: true);
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", $"{sandbox.Url}sandbox/entra/managed-identity/token");
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", "sandbox-identity-header");
        using var app = LiveApp.Start(sandbox, ("AzureAd:ClientSecret", ""),
            ("AzureAd:ClientCredentials:0:SourceType", "SignedAssertionFromManagedIdentity"));
        app.Clock.Set(DateTimeOffset.UtcNow - app.Clock.GetUtcNow());

        (await SignInAsync(app)).ShouldBe("/");
    }

    [Fact]
    public async Task SignIn_WithoutTheManagedIdentitysFile_SaysThatTheCredentialIsMissing()
    {
        using var sandbox = new SandboxApp();
        using var app = LiveApp.Start(
            sandbox, ("AzureAd:ClientSecret", ""), ("AzureAd:ClientCredentials:0:SourceType", "SignedAssertionFilePath"),
            ("AzureAd:ClientCredentials:0:SignedAssertionFileDiskPath", "/nowhere/token"));

        var end = await SignInAsync(app);

        end.ShouldStartWith("/denied?reason=no-credential&reference=");
        (await (await new HttpBrowser(app.Url).GoAsync(end)).Content.ReadAsStringAsync())
            .ShouldContain("could not load the certificate or managed identity");
    }

    [Fact]
    public async Task Assertion_AsItIsSent_NamesTheEndpointIsShortAndIsSignedByTheCertificate()
    {
        await using var entra = await ForgingEntra.StartAsync();
        using var sandbox = new SandboxApp();
        var settings = LiveSettings.Of(sandbox, entra.Url + "/", LiveApp.PublicBaseUrl);
        foreach (var (key, value) in _certificate.Settings) settings[key] = value;
        using var app = new AgentPayApp(settings, lowest: LogLevel.Trace);
        await app.ReadyAsync();

        await RedeemAsync(app);
        var first = entra.TokenRequest.ToDictionary();
        await RedeemAsync(app);

        first.ShouldNotContainKey("client_secret");
        first["client_assertion_type"].ShouldBe("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        var assertion = new JsonWebToken(first["client_assertion"]);
        assertion.Alg.ShouldBe("PS256");
        assertion.GetHeaderValue<string>("x5t#S256").ShouldBe(Base64UrlEncoder.Encode(SHA256.HashData(_certificate.Certificate.RawData)));
        (assertion.Issuer, assertion.Subject).ShouldBe((EntraForge.ClientId, EntraForge.ClientId));
        assertion.Audiences.ShouldBe([entra.Url + "/token"]);
        assertion.ValidFrom.ShouldBe(app.Clock.GetUtcNow().UtcDateTime);
        (assertion.ValidTo - assertion.ValidFrom).ShouldBe(TimeSpan.FromMinutes(5));
        assertion.Id.ShouldNotBeNullOrEmpty();
        assertion.Id.ShouldNotBe(new JsonWebToken(entra.TokenRequest["client_assertion"]).Id);
        IsSigned(assertion).ShouldBeTrue();
        app.Log.Lines.ShouldNotContain(line => line.Contains(first["client_assertion"], StringComparison.Ordinal));
    }

    public void Dispose() => _certificate.Dispose();

    private bool IsSigned(JsonWebToken assertion)
    {
        using var key = _certificate.Certificate.GetRSAPublicKey()!;
        var text = System.Text.Encoding.ASCII.GetBytes($"{assertion.EncodedHeader}.{assertion.EncodedPayload}");
        return key.VerifyData(text, Base64UrlEncoder.DecodeBytes(assertion.EncodedSignature), HashAlgorithmName.SHA256,
            RSASignaturePadding.Pss);
    }

    private static async Task RedeemAsync(AgentPayApp app)
    {
        using var browser = new HttpBrowser(app.Url);
        using var away = await browser.GoAsync("/signin");
        (await browser.GoAsync("/signin-oidc?code=any&state=" + Uri.EscapeDataString(
            QueryHelpers.ParseQuery(away.Headers.Location!.Query)["state"]!))).Dispose();
    }

    /// <summary>Where the sign-in ends.</summary>
    private static async Task<string> SignInAsync(AgentPayApp app)
    {
        await app.ReadyAsync();
        using var browser = new HttpBrowser(app.Url);
        using var away = await browser.ChooseAsync("/signin", new() { ["person"] = People.Amara });
        using var back = await browser.GoAsync(app.At(away.Headers.Location!));
        back.StatusCode.ShouldBe(HttpStatusCode.Found);
        return back.Headers.Location!.OriginalString;
    }
}
