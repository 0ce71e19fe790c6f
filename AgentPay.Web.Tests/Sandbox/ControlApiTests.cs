using System.Net;
using System.Net.Http.Json;
using System.Text;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox;

public sealed class ControlApiTests : IDisposable
{
    private readonly SandboxApp _sandbox = new();

    [Fact]
    public async Task Stats_AtTheStart_AreAllZeroInTheDocumentedShape()
    {
        var stats = await _sandbox.Anonymous.GetStringAsync("sandbox/control/stats");

        stats.ShouldBe(
            """{"sync":{"reads":0,"writes":0,"throttled":0,"objects":{}},"api":{"requests":0},"callbacks":{"sent":0,"failed":0,"retried":0},"gateway":{"charges":0,"tokens":0,"declines":0,"duplicates":0}}""");
    }

    [Theory]
    [InlineData("""{"syncError":1.5}""", "syncError is a probability, from 0 to 1")]
    [InlineData("""{"apiDelayMs":-1}""", "apiDelayMs is a delay in milliseconds, from 0 to 60000")]
    [InlineData("""{"callbackLost":0.5}""", "callbackLost")]
    [InlineData("""{"syncError":"often"}""", "syncError")]
    [InlineData("not json", "invalid")]
    [InlineData("null", "The body is null")]
    public async Task Faults_ThatCannotBe_AreRefusedInWords(string body, string words)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await _sandbox.Anonymous.PutAsync("sandbox/control/faults", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(words);
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

    public void Dispose() => _sandbox.Dispose();
}
