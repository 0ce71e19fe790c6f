using System.Net.Http.Json;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Api;

/// <summary>The API's answers while Twilio is slow.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class SlowTwilioTests(ApiBench bench) : IClassFixture<ApiBench>, IAsyncLifetime
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(3700);

    public Task InitializeAsync() => FaultAsync(0);

    public Task DisposeAsync() => FaultAsync(0);

    [Fact]
    public async Task Start_AnsweredLate_StillAnswersWithThePayment()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        await FaultAsync(3700);

        var starting = agent.StartAsync(call);
        await bench.App.Clock.TimerAsync(Delay);
        bench.App.Clock.Advance(Delay);

        (await starting)[..2].ShouldBe("PK");
    }

    [Fact]
    public async Task Start_SentTwiceAtOnce_IsOnePayment()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        await FaultAsync(3700);
        var starting = agent.StartAsync(call);
        await bench.App.Clock.TimerAsync(Delay);

        var again = agent.StartAsync(call);
        bench.App.Clock.Advance(Delay);

        (await again).ShouldBe(await starting);
    }

    [Fact]
    public async Task AskForAnotherField_BeforeTheFirstIsAnswered_IsAskedAfterIt()
    {
        var (agent, call) = (await bench.AmaraAsync(), await bench.CallAsync());
        var payment = await agent.StartAsync(call);
        await FaultAsync(3700);
        var first = agent.AskAsync(call.Sid, payment, "payment-card-number");
        await bench.App.Clock.TimerAsync(Delay);
        var second = agent.AskAsync(call.Sid, payment, "expiration-date");
        await FaultAsync(0);

        bench.App.Clock.Advance(Delay);

        (await Task.WhenAll(first, second)).ShouldAllBe(r => r == new ApiReply(200, payment));
        await call.PressAsync("1230");
        (await agent.ItemAsync(payment)).Text("ExpirationDate").ShouldBe("1230");
    }

    private async Task FaultAsync(int apiDelayMs) =>
        (await bench.App.Http.PutAsJsonAsync("sandbox/control/faults", new { apiDelayMs })).EnsureSuccessStatusCode();
}
