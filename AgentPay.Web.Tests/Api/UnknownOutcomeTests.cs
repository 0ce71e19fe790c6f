using System.Net.Http.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Api;

/// <summary>A front end is not told to charge again while the outcome of a payment is unknown.</summary>
public sealed class UnknownOutcomeTests(ApiBench bench) : IClassFixture<ApiBench>
{
    [Fact]
    public async Task Start_AfterAnUnknownOutcome_IsRefused()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call, 3);
        await agent.CaptureCardAsync(call, payment);
        (await bench.App.Http.PutAsJsonAsync("sandbox/control/faults", new { callbackLoss = 1.0 })).EnsureSuccessStatusCode();
        (await agent.ChangeAsync(call.Sid, payment, "complete")).Status.ShouldBe(200);
        bench.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await WhenOverAsync(CallSid.Parse(call.Sid));

        var reply = await agent.PostAsync("/startCapture", new { callSid = call.Sid, ChargeAmount = 3 });

        reply.ShouldBe(new(400, $"Error with StartCapture: {DeskAnswer.OutcomeUnknown.Words}"));
        (await agent.ItemAsync(payment)).Text("status").ShouldBe("unknown");
    }

    private async Task WhenOverAsync(CallSid call)
    {
        using var limit = new CancellationTokenSource(TestLimit.Time);
        var payment = await bench.App.Services.GetRequiredService<CallPayments>().LatestAsync(call, limit.Token);
        var feed = bench.App.Services.GetRequiredService<LiveFeed<PaymentId, PaymentSession>>();
        await foreach (var session in feed.WatchAsync(payment!.Value, limit.Token))
            if (session.IsOver) return;
    }
}
