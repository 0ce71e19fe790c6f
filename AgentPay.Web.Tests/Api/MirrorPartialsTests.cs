using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Api;

/// <summary><c>Sync:MirrorPartials</c>: half-typed fields in <c>payMap</c>.</summary>
public sealed class MirrorPartialsTests(MirrorPartialsTests.Bench bench) : IClassFixture<MirrorPartialsTests.Bench>
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task HalfTyped_IsShownMaskedAtMostTwiceASecond()
    {
        var (agent, call, changes) = (await bench.AmaraAsync(), await bench.CallAsync(), bench.Follow());
        var payment = await agent.StartAsync(call);
        await agent.CaptureAsync(call, payment, "payment-card-number", "4");
        var first = await changes.NextAsync(c => c.IsOf(payment) && c.Data.Text("PartialResult") == "true");
        await bench.App.Clock.TimerAsync(Pace);

        foreach (var key in "111") await call.PressAsync(key.ToString());
        bench.App.Clock.Advance(Pace);
        var second = await changes.NextAsync(c => c.IsOf(payment) && c.Data.Text("PartialResult") == "true");

        (first.Data.Text("PaymentCardNumber"), second.Data.Text("PaymentCardNumber")).ShouldBe(("x", "xxxx"));
        (second.Data.Text("Capture"), second.Data.Text("Required"))
            .ShouldBe(("payment-card-number", "payment-card-number,expiration-date,security-code"));
    }

    [Fact]
    public async Task HalfTyped_IsNotWrittenAfterTheEnd()
    {
        var (agent, call, changes) = (await bench.AmaraAsync(), await bench.CallAsync(), bench.Follow());
        var payment = await agent.StartAsync(call);
        await agent.CaptureAsync(call, payment, "payment-card-number", "4");
        await changes.NextAsync(c => c.Data.Text("PartialResult") == "true");
        await bench.App.Clock.TimerAsync(Pace);
        await call.PressAsync("1");
        await agent.ChangeAsync(call.Sid, payment, "cancel");
        await changes.NextAsync(c => c.HasResult(payment));

        bench.App.Clock.Advance(Pace);
        var another = await agent.StartAsync(call);

        (await changes.NextAsync(c => c.IsOf(payment) || c.IsOf(another))).Key.ShouldBe(another);
        (await agent.ItemAsync(payment)).Text("Result").ShouldBe("transaction-cancelled");
    }

    [Fact]
    public async Task PredecessorsClient_IsNotMisledByIt()
    {
        var call = await bench.CallAsync();
        var client = new PredecessorClient(await bench.AmaraAsync(), bench.Follow(), call.Sid);
        await client.StartCaptureAsync();

        await call.PressAsync("41111");
        await client.NextUpdateAsync();
        (client.Shown.Text("PartialResult"), client.Events[^1]).ShouldBe(("true", "cardUpdate"));
        await call.PressAsync("11111111111");
        await client.UntilAsync("capturing security-code");
        await call.PressAsync("123");
        await client.UntilAsync("capturing expiration-date");
        await call.PressAsync("1230");
        await client.UntilAsync("captureComplete");

        client.Refusals.ShouldBeEmpty();
        client.Shown.Text("PartialResult").ShouldBeNull();
    }

    [Fact]
    public async Task PaymentThatTheServerDrives_IsNotMirrored()
    {
        var (call, changes) = (await bench.CallAsync(), bench.Follow());
        var desk = bench.App.Services.GetRequiredService<PaymentDesk>();
        var outcome = await desk.StartAsync("maria@contoso.test", new PaymentOrder(CallSid.Parse(call.Sid)), default);
        var session = outcome.ShouldBeOfType<DeskAnswer.Done>().Payment;
        var feed = bench.App.Services.GetRequiredService<LiveFeed<PaymentId, PaymentSession>>();
        await feed.WatchAsync(session.Id, default).FirstAsync(s => s is { Current: not null, Pending: null });
        var started = session.Payment.ToString()!;

        await call.PressAsync("4111");
        await call.PressAsync("111111111111");

        await desk.CancelAsync("maria@contoso.test", session.Id, default);

        (await changes.NextAsync(c => c.IsOf(started) && c.Happened == "updated")).Data.Text("status").ShouldBe("cancelled");
    }

    public sealed class Bench : ApiBench
    {
        protected override Dictionary<string, string?> Settings => new() { ["Sync:MirrorPartials"] = "true" };
    }
}
