using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AgentPay.Web.Events;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sandbox.Recorder;

/// <summary>The sandbox's recorder accepts signed events only, and shows each of them once.</summary>
public sealed class RecorderTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private const string Secret = "whsec_c2FuZGJveC1ldmVudC1zZWNyZXQtMDAwMDAwMDAwMDAw";
    private const string OtherSecret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private readonly SandboxApp _sandbox = shared.Reset();
    private readonly string _id = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Post_ASignedEventTwice_ShowsItOnce()
    {
        (await SendAsync(Secret, 0)).ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(Secret, 0)).ShouldBe(HttpStatusCode.NoContent);

        (await ReceivedAsync()).ShouldHaveSingleItem().GetProperty("type").GetString().ShouldBe("payment.started");
        (await _sandbox.Anonymous.GetStringAsync("sandbox/recorder")).ShouldContain(_id);
    }

    [Theory]
    [InlineData(OtherSecret, 0)]
    [InlineData(Secret, -301)]
    [InlineData(Secret, 301)]
    [InlineData(null, 0)]
    public async Task Post_WrongSignatureOrOldTimestamp_IsRefused(string? secret, int secondsOff)
    {
        (await SendAsync(secret, secondsOff)).ShouldBe(HttpStatusCode.Unauthorized);

        (await ReceivedAsync()).ShouldBeEmpty();
    }

    private async Task<HttpStatusCode> SendAsync(string? secret, int secondsOff)
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"type":"payment.started","data":{"paymentId":"{{{_id}}}","callSid":"CA1"}}""");
        var timestamp = _sandbox.Clock.GetUtcNow().ToUnixTimeSeconds() + secondsOff;
        using var request = new HttpRequestMessage(HttpMethod.Post, "sandbox/recorder") { Content = new ByteArrayContent(body) };
        request.Headers.Add("webhook-id", _id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        if (secret is not null) request.Headers.Add("webhook-signature", EventSignature.Of(EventSignature.KeyOf(secret)!, _id, timestamp, body));
        using var answer = await _sandbox.Anonymous.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<List<JsonElement>> ReceivedAsync() =>
        [.. (await _sandbox.Anonymous.GetFromJsonAsync<List<JsonElement>>("sandbox/control/recorder"))!.Where(e => e.GetProperty("payment").GetString() == _id)];
}
