using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Identity;

/// <summary>AgentPay in Live mode with a remote Entra that changes its keys and is sometimes unavailable.</summary>
public sealed class DiscoveryTests : IAsyncLifetime
{
    private readonly RSA _old = TestKeys.One;
    private readonly RSA _new = TestKeys.Other;
    private EntraStub _entra = null!;
    private AgentPayApp _app = null!;

    public async Task InitializeAsync()
    {
        _entra = await EntraStub.StartAsync();
        _entra.Keys = [EntraStub.Publish(_old, "old")];
        _app = IdentityApp.Start(settings: new()
        {
            ["AgentPay:Mode"] = "Live",
            ["AgentPay:PublicBaseUrl"] = "https://pay.example.com",
            ["Voice:OriginationUri"] = "pbx.example.com",
            ["Twilio:AccountSid"] = SandboxApp.AccountSid,
            ["Twilio:AuthToken"] = SandboxApp.AuthToken,
            ["Twilio:ApiKeySid"] = SandboxApp.ApiKeySid,
            ["Twilio:ApiKeySecret"] = SandboxApp.ApiKeySecret,
            ["Twilio:SyncBaseUrl"] = _entra.Url,
            ["AzureAd:Instance"] = _entra.Url,
            ["AzureAd:TenantId"] = EntraStub.Tenant,
            ["AzureAd:ClientId"] = EntraForge.ClientId,
            ["AzureAd:ClientSecret"] = "a secret",
        });
    }

    [Fact]
    public async Task Keys_Known_AreNotAskedForAgain()
    {
        for (var n = 0; n < 3; n++) (await WhoAsync(_old, "old")).ShouldStartWith("oid=");

        _entra.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task Keys_Rotated_AreFetchedForTheFirstTokenUnderTheNewOne()
    {
        (await WhoAsync(_old, "old")).ShouldStartWith("oid=");
        _entra.Keys = [EntraStub.Publish(_new, "new")];
        _app.Clock.Advance(TimeSpan.FromMinutes(2));

        (await WhoAsync(_new, "new")).ShouldStartWith("oid=");
        (await WhoAsync(_old, "old")).ShouldBe("failure=unknown-key");
    }

    /// <summary>The library uses the system's clock here, so only the setting is checked.</summary>
    [Fact]
    public void Keys_Missing_AreAskedForAgainAfterAMinute()
    {
        var keys = _app.Services.GetRequiredService<EntraDiscovery>().Configuration;

        (keys.RefreshInterval, keys.UseLastKnownGoodConfiguration).ShouldBe((TimeSpan.FromMinutes(1), false));
    }

    [Fact]
    public async Task Keys_Unknown_AreAskedForOnceAMinuteHoweverManyTokensCome()
    {
        (await WhoAsync(_old, "old")).ShouldStartWith("oid=");
        _app.Clock.Advance(TimeSpan.FromMinutes(1));

        for (var n = 0; n < 5; n++) (await WhoAsync(_new, $"unheard-of-{n}")).ShouldBe("failure=unknown-key");

        _entra.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task Keys_WhileEntraIsAway_AreUsedOn()
    {
        (await WhoAsync(_old, "old")).ShouldStartWith("oid=");
        _entra.IsDown = true;
        _app.Clock.Advance(TimeSpan.FromHours(24));

        (await WhoAsync(_old, "old")).ShouldStartWith("oid=");
    }

    [Fact]
    public async Task Keys_RolledOverWhileEntraIsAway_RefuseTheNewOneAndKeepTheOld()
    {
        (await WhoAsync(_old, "old")).ShouldStartWith("oid=");
        _entra.Keys = [EntraStub.Publish(_new, "new")];
        _entra.IsDown = true;

        (await WhoAsync(_new, "new")).ShouldBe("failure=unknown-key");
        (await WhoAsync(_old, "old")).ShouldStartWith("oid=");
        _app.Log.Lines.ShouldContain(line => line.StartsWith("Warning: Entra ID answered", StringComparison.Ordinal));
    }

    /// <summary>Entra publishes its keys for the issuer of version 2.0.</summary>
    [Fact]
    public async Task Keys_OfTheTenant_HoldForTokensOfVersionOne()
    {
        _entra.Keys = [EntraStub.Publish(_old, "old", $"{_entra.Issuer}")];

        (await WhoAsync(_old, "old", $"https://sts.windows.net/{EntraStub.Tenant}/")).ShouldStartWith("oid=");
    }

    [Theory]
    [InlineData("https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0", "failure=")]
    [InlineData("{0}/{1}/v2.0", "oid=")]
    [InlineData("{0}/{{tenantid}}/v2.0", "oid=")]
    public async Task Keys_PublishedForAnIssuer_CountForThatOneAlone(string issuer, string outcome)
    {
        _entra.Keys = [EntraStub.Publish(_old, "old", string.Format(null, issuer, _entra.Url, EntraStub.Tenant))];

        (await WhoAsync(_old, "old")).ShouldStartWith(outcome);
    }

    [Fact]
    public async Task Entra_AwayFromTheStart_RefusesTokensAndComesBack()
    {
        _entra.IsDown = true;
        (await WhoAsync(_old, "old")).ShouldBe("failure=entra-unreachable");
        _entra.IsDown = false;

        (await WhoAsync(_old, "old")).ShouldStartWith("oid=");
    }

    [Theory]
    [InlineData("issuer")]
    [InlineData("authorization_endpoint")]
    [InlineData("token_endpoint")]
    [InlineData("jwks_uri")]
    public async Task Entra_PublishingTooLittle_IsAsGoodAsAway(string lacks)
    {
        _entra.Lacks = lacks;

        (await WhoAsync(_old, "old")).ShouldBe("failure=entra-unreachable");
    }

    [Fact]
    public async Task SignIn_WhileEntraIsAway_IsDeniedWithAReference()
    {
        _entra.IsDown = true;
        using var browser = new HttpBrowser(_app.Url);

        using var denied = await browser.GoAsync("/pay");

        denied.StatusCode.ShouldBe(HttpStatusCode.Found);
        denied.Headers.Location!.OriginalString.ShouldStartWith("/denied?reason=entra-unreachable&reference=");
        using var page = await browser.FollowAsync(denied);
        (await page.Content.ReadAsStringAsync()).ShouldContain("could not be reached");
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _entra.DisposeAsync();
    }

    private async Task<string> WhoAsync(RSA key, string kid, string? issuer = null)
    {
        var claims = EntraForge.ClaimsOf(issuer ?? _entra.Issuer, _app.Clock);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/test/who/{IdentitySchemes.EntraBearer}");
        request.Headers.Authorization = new(
            "Bearer", EntraForge.Sign(new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = kid }, claims, key));
        using var answer = await _app.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
