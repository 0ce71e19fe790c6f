using System.Net;
using System.Net.Http.Json;
using System.Text;
using AgentPay.Web.Sandbox.Voice;
using AgentPay.Web.Tests.Sandbox.Voice;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Sandbox.Phone;

/// <summary>The keypad over HTTP, and the requests that it refuses.</summary>
public sealed class PhoneKeysTests : IAsyncLifetime
{
    private const string Unknown = "CA00000000000000000000000000000000";

    private PhoneLab _lab = null!;

    [Fact]
    public async Task Press_OnAConnectedLeg_IsHeardInOrder()
    {
        var (parent, _) = await _lab.ConnectAsync();
        var heard = new StringBuilder();
        var leg = _lab.Sandbox.Services.GetRequiredService<Legs>().Find(parent)!;
        using var listening = leg.Listen(key => Task.FromResult(heard.Append(key)), () => Task.CompletedTask, () =>
            new TaskCompletionSource().Task);

        foreach (var key in (string[])["4", "9*", "#"])
            (await PostAsync(parent, "press", new { keys = key })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        heard.ToString().ShouldBe("49*#");
    }

    [Theory]
    [InlineData("press", """{"keys":"12w"}""", "keys must")]
    [InlineData("type", """{"number":"4242424242424242"}""", "number must be one of the test cards")]
    [InlineData("type", """{"number":"4111111111111111","gapMs":5001}""", "gapMs must be 0 to 5000")]
    public async Task Request_ThatCannotBe_IsRefusedInWords(string verb, string body, string words)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await _lab.Sandbox.Anonymous.PostAsync($"sandbox/phone/calls/{Unknown}/{verb}", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(words);
    }

    [Theory]
    [InlineData("press", """{"keys":"1"}""")]
    public async Task Request_OnAnUnknownCall_Is404(string verb, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await _lab.Sandbox.Anonymous.PostAsync($"sandbox/phone/calls/{Unknown}/{verb}", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"There is no call {Unknown}");
    }

    [Fact]
    public async Task Press_OnALegThatRings_IsRefusedWithItsState()
    {
        var (_, child) = await _lab.ConnectAsync(answer: false);

        using var answer = await PostAsync(child, "press", new { keys = "1" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("ringing");
    }

    [Fact]
    public async Task Request_OfAnotherSitesPage_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "sandbox/phone/events?number=%2B61400000000");
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await _lab.Sandbox.Anonymous.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    public async Task InitializeAsync() => _lab = await PhoneLab.StartAsync(PhoneLab.AgentDial);

    public async Task DisposeAsync() => await _lab.DisposeAsync();

    private Task<HttpResponseMessage> PostAsync(string sid, string verb, object body) =>
        _lab.Sandbox.Anonymous.PostAsJsonAsync($"sandbox/phone/calls/{sid}/{verb}", body);
}
