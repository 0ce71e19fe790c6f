using System.Net;
using System.Text.Json.Nodes;
using AgentPay.Web.Identity;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;
using Forge = AgentPay.Web.Tests.Sandbox.Sync.SyncTokens;

namespace AgentPay.Web.Tests.Api;

public sealed class SyncBearerTests : IClassFixture<SharedApp>
{
    private const string Service = "IS0123456789abcdef0123456789abcdef";
    private const string Amara = "amara@agentpay.example";

    private readonly AgentPayApp _app;

    public SyncBearerTests(SharedApp shared)
    {
        _app = shared.App;
        _app.Services.GetRequiredService<SyncSpace>().Ready(Service);
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("bearer ")]
    [InlineData("BEARER   ")]
    public async Task Token_OfOurs_IsItsIdentity(string scheme)
    {
        var token = _app.Services.GetRequiredService<SyncTokens>().Mint(new("7", "Amara", Amara, []));

        (await WhoAsync(scheme + token)).ShouldBe($"identity={Amara}");
    }

    [Theory]
    [InlineData(null, "no-authorization-header")]
    [InlineData("", "no-bearer-token")]
    [InlineData("Bearer", "no-bearer-token")]
    [InlineData("Bearer ", "no-bearer-token")]
    [InlineData("Basic YTpi", "no-bearer-token")]
    [InlineData("Bearer nonsense", "malformed")]
    [InlineData("Bearer a.b", "malformed")]
    [InlineData("Bearer a.b.c", "wrong-signature")]
    [InlineData("Bearer Zoë.ë.ë", "wrong-signature")]
    public async Task Header_WithoutAToken_IsRefused(string? header, string why) => (await WhoAsync(header)).ShouldBe("failure=" + why);

    [Theory]
    [InlineData("iss", "\"SKffffffffffffffffffffffffffffffff\"", "wrong-key")]
    [InlineData("sub", "\"ACffffffffffffffffffffffffffffffff\"", "wrong-account")]
    [InlineData("exp", "1", "expired")]
    [InlineData(
        "grants",
        """{"identity":"amara@agentpay.example","data_sync":{"service_sid":"ISffffffffffffffffffffffffffffffff"}}""",
        "wrong-service")]
    public async Task Token_WithAWrongClaim_IsRefused(string claim, string value, string why) =>
        (await WhoAsync("Bearer " + Token(claims => claims[claim] = JsonNode.Parse(value)))).ShouldBe("failure=" + why);

    [Theory]
    [InlineData("""{"alg":"none","typ":"JWT","cty":"twilio-fpa;v=1"}""", "wrong-algorithm")]
    public async Task Token_WithAWrongHeader_IsRefused(string header, string why) =>
        (await WhoAsync("Bearer " + Forge.Make(Service, Amara, _app.Clock.GetUtcNow(), header: header))).ShouldBe("failure=" + why);

    [Fact]
    public async Task Token_UnderAnotherSecret_IsRefused() =>
        (await WhoAsync("Bearer " + Forge.Make(Service, Amara, _app.Clock.GetUtcNow(), secret: "another")))
            .ShouldBe("failure=wrong-signature");

    [Fact]
    public async Task Token_Huge_IsRefused() => (await WhoAsync("Bearer " + new string('a', 8000))).ShouldBe("failure=too-long");

    [Fact]
    public async Task Token_OfEntra_IsRefused() =>
        (await WhoAsync("Bearer " + new EntraForge(_app).Token())).ShouldBe("failure=wrong-signature");

    [Fact]
    public async Task Token_AfterAnHour_IsRefused()
    {
        var token = Token();
        _app.Clock.Advance(TimeSpan.FromMinutes(61));

        (await WhoAsync("Bearer " + token)).ShouldBe("failure=expired");
    }

    [Fact]
    public async Task Header_Twice_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/test/who/{IdentitySchemes.SyncBearer}");
        request.Headers.TryAddWithoutValidation("Authorization", ["Bearer " + Token(), "Bearer " + Token()]);

        using var answer = await _app.Http.SendAsync(request);

        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("failure=");
    }

    [Fact]
    public async Task Challenge_AfterARefusal_SaysNothingButTheStatus()
    {
        using var answer = await SendAsync("/test/challenge/", "Bearer nonsense");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Challenge_BeforeSyncIsReady_AsksToComeBack()
    {
        using var app = IdentityApp.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/test/challenge/{IdentitySchemes.SyncBearer}");
        request.Headers.Authorization = new("Bearer", Token());

        using var answer = await app.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
    }

    private string Token(Action<JsonObject>? spoil = null) => Forge.Make(Service, Amara, _app.Clock.GetUtcNow(), spoil);

    private async Task<string> WhoAsync(string? header)
    {
        using var answer = await SendAsync("/test/who/", header);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path + IdentitySchemes.SyncBearer);
        if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);
        return await _app.Http.SendAsync(request);
    }
}
