using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox;

public sealed class ControlApiTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private readonly SandboxApp _sandbox = shared.Reset();

    [Fact]
    public async Task Stats_AtTheStart_AreAllZeroInTheDocumentedShape()
    {
        var stats = await _sandbox.Anonymous.GetStringAsync("sandbox/control/stats");

        stats.ShouldBe(
            """{"sync":{"reads":0,"writes":0,"throttled":0,"objects":{}},"api":{"requests":0},"callbacks":{"sent":0,"failed":0,"retried":0},"gateway":{"charges":0,"tokens":0,"declines":0,"duplicates":0}}""");
    }

    [Theory]
    [InlineData("""{"syncError":1.5}""", "syncError must be a probability from 0 to 1")]
    [InlineData("""{"apiDelayMs":-1}""", "apiDelayMs must be a delay of 0 to 60000 milliseconds")]
    [InlineData("""{"callbackLost":0.5}""", "callbackLost")]
    [InlineData("not json", "invalid")]
    public async Task Faults_ThatCannotBe_AreRefusedInWords(string body, string words)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await _sandbox.Anonymous.PutAsync("sandbox/control/faults", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(words);
    }

    [Theory]
    [InlineData("GET", "calls/CA1/keys", HttpStatusCode.MethodNotAllowed, "/sandbox/control/calls/CA1/keys accepts POST, not GET")]
    [InlineData("DELETE", "faults", HttpStatusCode.MethodNotAllowed, "/sandbox/control/faults accepts GET, PUT, not DELETE")]
    [InlineData("GET", "nowhere/at/all", HttpStatusCode.NotFound, "The control API has no /sandbox/control/nowhere/at/all")]
    public async Task Request_ThatTheApiDoesNotHave_IsRefusedInWords(string method, string path, HttpStatusCode status, string words)
    {
        using var request = new HttpRequestMessage(new(method), "sandbox/control/" + path);

        using var answer = await _sandbox.Anonymous.SendAsync(request);

        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldBe($$"""{"error":"{{words}}"}""");
    }

    [Theory]
    [InlineData("[]", "The JSON at $ has the wrong type or an unknown name")]
    [InlineData("""{"apiDelayMs":"long"}""", "The JSON at $.apiDelayMs has the wrong type or an unknown name")]
    [InlineData("""{"callbackLost":0.5}""", "The JSON at $.callbackLost has the wrong type or an unknown name")]
    public async Task Json_OfTheWrongKind_IsRefusedWithoutOurTypes(string body, string words)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await _sandbox.Anonymous.PutAsync("sandbox/control/faults", content);

        (await answer.Content.ReadAsStringAsync()).ShouldBe($$"""{"error":"{{words}}"}""");
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.NoContent)]
    public async Task Reset_AskedByAPage_IsForPagesOfThisServerAlone(string origin, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "sandbox/control/reset");
        request.Headers.Add("Origin", origin.Length > 0 ? origin : _sandbox.Url.GetLeftPart(UriPartial.Authority));

        (await _sandbox.Anonymous.SendAsync(request)).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Fault_AfterTheEffect_HidesARefusalToo()
    {
        (await _sandbox.Anonymous.PutAsJsonAsync("sandbox/control/faults", new { syncError = 1.0 })).EnsureSuccessStatusCode();

        for (var n = 0; n < 20; n++) ((int)(await _sandbox.Http.GetAsync("sandbox/sync/v1/Services/default/Documents/none")).StatusCode)
            .ShouldBeGreaterThanOrEqualTo(500);
    }

    [Fact]
    public async Task Reset_AfterFaultsAndRequests_PutsEverythingBack()
    {
        (await _sandbox.Anonymous.PutAsJsonAsync("sandbox/control/faults", new { apiError = 1.0 })).EnsureSuccessStatusCode();
        (await _sandbox.Http.GetAsync("sandbox/twilio/2010-04-01/nowhere")).IsSuccessStatusCode.ShouldBeFalse();

        (await _sandbox.Anonymous.PostAsync("sandbox/control/reset", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await _sandbox.Anonymous.GetStringAsync("sandbox/control/stats")).ShouldContain("\"api\":{\"requests\":0}");
        (await _sandbox.Http.GetAsync("sandbox/twilio/2010-04-01/nowhere")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
