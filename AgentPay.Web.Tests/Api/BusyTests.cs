using System.Net.Http.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Api;

/// <summary>What a client hears when AgentPay cannot start more payments.</summary>
public sealed class BusyTests(ApiBench bench) : IClassFixture<ApiBench>
{
    [Fact]
    public async Task Start_WhileBusy_IsAnswered503WithTheTimeToWait()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        await FillAsync();

        using var answer = await StartAsync(agent, call);

        ((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta).ShouldBe((503, TimeSpan.FromSeconds(3)));
        (await answer.Content.ReadAsStringAsync())
            .ShouldBe("Error with StartCapture: Busy: try again in a few seconds. Nothing was started.");
        bench.App.Clock.Advance(SyncBudget.Window);
        (await agent.StartAsync(call)).ShouldStartWith("PK");
    }

    [Fact]
    public async Task Start_RepeatedWhileBusy_AnswersThePaymentThatRuns()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);
        await FillAsync();

        (await agent.StartAsync(call)).ShouldBe(payment);
    }

    private async Task<HttpResponseMessage> StartAsync(ApiAgent agent, CustomerCall call)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post,
            "/startCapture") { Content = JsonContent.Create(new { callSid = call.Sid, ChargeAmount = 5 }) };
        request.Headers.Authorization = new("Bearer", agent.Token);
        return await bench.App.Http.SendAsync(request);
    }

    private Task FillAsync() => bench.App.Services.GetRequiredService<SyncBudget>().FillAsync(PaymentRecords.PayMap);
}
