using System.Net;
using System.Text.Json.Nodes;
using AgentPay.Web.Identity;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace AgentPay.Web.Tests.Identity;

public sealed class GetSyncTokenTests(ReadyApp shared) : IClassFixture<ReadyApp>, IDisposable
{
    private readonly AgentPayApp _app = shared.App;
    private readonly HttpBrowser _browser = new(shared.App.Url);

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task GetSyncToken_WithASession_IsABareTokenForAnHour(string method)
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();

        using var answer = await _browser.FetchAsync(new(method), "/getSyncToken");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var claims = await ClaimsAsync(answer);
        (claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>()).ShouldBe(3600);
        claims["iss"]!.GetValue<string>().ShouldBe("SK00000000000000000000000000000000");
        claims["sub"]!.GetValue<string>().ShouldBe("AC00000000000000000000000000000000");
        claims["grants"]!["identity"]!.GetValue<string>().ShouldBe("amara@agentpay.example");
    }

    [Fact]
    public async Task GetSyncToken_Issued_OpensTheSandboxesSync()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();
        using var answer = await _browser.FetchAsync(HttpMethod.Get, "/getSyncToken");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/sandbox/sync/v1/Services/{Service}/Maps/payMap");
        request.Headers.Add("X-Twilio-Token", await answer.Content.ReadAsStringAsync());

        using var map = await _app.Http.SendAsync(request);

        map.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "?identity=priya@agentpay.example", null)]
    [InlineData("POST", "?identity=priya@agentpay.example&Identity=priya@agentpay.example", null)]
    [InlineData("POST", "", "identity=priya%40agentpay.example")]
    [InlineData("POST", "", """{"identity":"priya@agentpay.example"}""")]
    public async Task GetSyncToken_ForSomebodyElse_IsForTheOneWhoAsks(string method, string query, string? body)
    {
        using var request =
            new HttpRequestMessage(new(method), "/getSyncToken" + query) { Content = body is null ? null : new StringContent(body) };
        if (body is not null)
            request.Content!.Headers.ContentType = new(body[0] == '{' ? "application/json" : "application/x-www-form-urlencoded");
        request.Headers.Authorization = new("bEaReR", new EntraForge(_app).Token());

        using var answer = await _app.Http.SendAsync(request);

        (await ClaimsAsync(answer))["grants"]!["identity"]!.GetValue<string>().ShouldBe("amara@agentpay.example");
    }

    [Theory]
    [InlineData(People.Ben, HttpStatusCode.OK)]
    [InlineData(People.Priya, HttpStatusCode.OK)]
    [InlineData(People.Tomas, HttpStatusCode.Forbidden)]
    [InlineData(People.Nora, HttpStatusCode.Forbidden)]
    public async Task GetSyncToken_ByRole_IsForThoseWhoTakePayments(string person, HttpStatusCode status)
    {
        (await _browser.SignInAsync(person)).Dispose();

        using var answer = await _browser.GoAsync("/getSyncToken");

        answer.StatusCode.ShouldBe(status);
        answer.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task GetSyncToken_WithoutASession_IsRefusedEvenToANavigation()
    {
        using var answer = await _browser.GoAsync("/getSyncToken");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.Location.ShouldBeNull();
        _browser.Cookies.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetSyncToken_WithABearerBesideTheSession_GoesByTheBearerAlone()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();
        var nora = new EntraForge(_app).Token(claims =>
        {
            claims["oid"] = People.Nora;
            claims.Remove("roles");
        });

        using var asNora = await _browser.FetchAsync(HttpMethod.Get, "/getSyncToken", ("Authorization", "Bearer " + nora));
        using var asNobody = await _browser.FetchAsync(HttpMethod.Get, "/getSyncToken", ("Authorization", "Bearer nonsense"));

        asNora.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        asNobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task GetSyncToken_WithASyncToken_IsRefused()
    {
        var token = _app.Services.GetRequiredService<SyncTokens>().Mint(new("7", "Amara", "amara@agentpay.example", []));

        using var answer = await _browser.FetchAsync(HttpMethod.Get, "/getSyncToken", ("Authorization", "Bearer " + token));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task GetSyncToken_BeforeSyncIsReady_AsksToComeBack()
    {
        using var app = IdentityApp.Start();
        using var browser = new HttpBrowser(app.Url);
        (await browser.SignInAsync(People.Amara)).Dispose();

        using var answer = await browser.FetchAsync(HttpMethod.Get, "/getSyncToken");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task GetSyncToken_FromAnotherOrigin_IsNotMadeReadable()
    {
        (await _browser.SignInAsync(People.Amara)).Dispose();

        using var answer = await _browser.FetchAsync(HttpMethod.Get, "/getSyncToken", ("Origin", "https://evil.example"));

        answer.Headers.ShouldNotContain(header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose() => _browser.Dispose();

    private string Service => _app.Services.GetRequiredService<Web.Sync.SyncSpace>().Service.ToString();

    private static async Task<JsonNode> ClaimsAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(Base64UrlEncoder.Decode((await answer.Content.ReadAsStringAsync()).Split('.')[1]))!;
}
