using System.Net.Http.Json;

namespace AgentPay.Web.Tests.Api;

/// <summary>
/// The answers to clients while Twilio does not respond. Each test has its own server, because AgentPay retries the payment later.
/// </summary>
public sealed class SilentTwilioTests(ApiBench bench) : IClassFixture<ApiBench>
{
    [Fact]
    public async Task Start_NotAnsweredAtAll_SaysSo()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        (await bench.App.Http.PutAsJsonAsync("sandbox/control/faults", new { apiDelayMs = 60_000 })).EnsureSuccessStatusCode();
        var starting = agent.PostAsync("/startCapture", new { callSid = call.Sid });
        await bench.App.Clock.TimerAsync(TimeSpan.FromMinutes(1));

        bench.App.Clock.Advance(TimeSpan.FromSeconds(2));
        await bench.App.Clock.TimerAsync(TimeSpan.FromSeconds(9));
        bench.App.Clock.Advance(TimeSpan.FromSeconds(9));

        (await starting).ShouldBe(new(
            400, "Error with StartCapture: Twilio has not answered yet. Nothing was charged. Try again to continue the same payment"));
    }
}
