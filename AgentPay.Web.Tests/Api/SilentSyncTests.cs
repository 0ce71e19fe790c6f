using System.Net.Http.Json;
using AgentPay.Web.Api;
using AgentPay.Web.Calls;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Api;

/// <summary>
/// What a client hears when Sync does not answer. What is left behind goes on whenever time passes, so each test has a server of its own.
/// </summary>
public sealed class SilentSyncTests(ApiBench bench) : IClassFixture<ApiBench>
{
    [Fact]
    public async Task Start_NotAnsweredAtAll_SaysSoInTimeAndIsOnePaymentOnceSyncIsBack()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        // What was written or read of the call is trusted for five seconds.
        await bench.App.Services.GetRequiredService<Outbox>().WhenDoneAsync("call");
        bench.App.Clock.Advance(TimeSpan.FromSeconds(6));
        await FaultAsync(60_000);
        var starting = agent.PostAsync("/startCapture", Order(call));
        await bench.App.Clock.TimerAsync(Timeouts.ApiRequest);
        await bench.App.Clock.TimerAsync(Timeouts.LegLookup);
        // The directory is given up, and Twilio names the leg; then the desk waits.
        bench.App.Clock.Advance(Timeouts.LegLookup);
        await bench.App.Clock.TimerAsync(TimeSpan.FromSeconds(13));

        bench.App.Clock.Advance(Timeouts.ApiRequest - Timeouts.LegLookup);

        (await starting).ShouldBe(new(400, "Error with StartCapture: " + DeskAnswer.Unavailable.Words));
        await FaultAsync(0);
        (await StartedAsync(agent, call)).ShouldBe((await agent.PostAsync("/startCapture", Order(call))).Text);
        (await bench.App.Services.GetRequiredService<PaymentStore>().ListAsync(default).CountAsync()).ShouldBe(1);
    }

    private static object Order(CustomerCall call) => new { callSid = call.Sid, ChargeAmount = 5 };

    /// <summary>A client that tries again, a second after each refusal.</summary>
    private async Task<string> StartedAsync(ApiAgent agent, CustomerCall call)
    {
        for (var n = 0; n < 120; n++)
        {
            if (await agent.PostAsync("/startCapture", Order(call)) is { Status: 200 } started) return started.Text;
            bench.App.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        throw new TimeoutException("The call is never free again");
    }

    private async Task FaultAsync(int syncDelayMs) =>
        (await bench.App.Http.PutAsJsonAsync("sandbox/control/faults", new { syncDelayMs })).EnsureSuccessStatusCode();
}
