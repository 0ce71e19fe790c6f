using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>Sync answers 429 to every request for a minute, while customers call and pay.</summary>
public sealed class ThrottledMinuteTests(ITestOutputHelper output) : OutageTests
{
    private const int Calls = 20;
    private const int Payments = 5;

    [Fact]
    public async Task Minute_OfRefusals_LosesNothingChargesNothingTwiceAndIsWrittenAfterwards()
    {
        await StartAsync();
        var watched = await TakeCallAsync();
        var payment = await StartPaymentAsync();
        var others = new List<(string Call, PaymentId Payment)>();
        while (others.Count < Payments - 1) others.Add(await World.PassUntilAsync(World.StartPaymentAsync(App, Agent)));
        await SyncFailsAsync(Outage.Throttled);
        var until = World.Sandbox.Clock.GetUtcNow() + TimeSpan.FromMinutes(1);

        await TypeAsync(watched, PaymentsLab.GoodCard);
        foreach (var (call, _) in others) await TypeAsync(call, PaymentsLab.GoodCard);
        var calls = new List<string>();
        while (calls.Count < Calls) calls.Add(await World.PassUntilAsync(World.Sandbox.Control.CallInAsync()));
        await SeesAsync(Delayed);
        foreach (var call in calls) (await World.Sandbox.Control.StatusAsync(call)).ShouldBe("in-progress");
        while (World.Sandbox.Clock.GetUtcNow() < until) await World.PassAsync(1);
        // Of each payment and of each call one thing waits, however often it was told.
        App.Services.GetRequiredService<Outbox>().Count(PaymentStore.OutboxKind).ShouldBeInRange(1, Payments);
        App.Services.GetRequiredService<PaymentRecords>().Count.ShouldBeLessThanOrEqualTo(Payments);
        await WriteLoadAsync();

        await AllIsWellAsync();
        await SeesNoMoreAsync(Delayed);
        var map = World.CallsInSync(App);
        foreach (var call in calls) await World.PassUntilAsync(async () => (await map.FindAsync(call))?["status"] == "in-progress");
        foreach (var (call, other) in others) (await FinishAsync(call, other)).Phase.ShouldBe(PaymentPhase.Succeeded);
        await EnterCardAsync(watched, payment, CaptureField.ExpirationDate);
        await PressAsync("Take 42.50 USD");
        await SeesAsync("Paid", "Visa ending 1111");
        (await ChargesAsync()).ShouldBe(Payments);
        foreach (var each in others.Select(o => o.Payment).Append(payment)) await RecordedAsync(each, "success");
        await World.PassUntilAsync(() => Task.FromResult(IsNothingWaiting));
    }

    /// <summary>The rest of a card of which the number is entered.</summary>
    private async Task<PaymentSession> FinishAsync(string call, PaymentId payment)
    {
        foreach (var (field, keys) in new[] { (CaptureField.ExpirationDate, "1230"), (CaptureField.SecurityCode, "123") })
        {
            await UntilAsync(payment, s => s.Current == field && s.Pending is null && s.Row(field)!.IsOpen);
            await TypeAsync(call, keys);
        }
        await UntilAsync(payment, s => s.Phase == PaymentPhase.Ready);
        PaymentsHost.Done(await World.PassUntilAsync(App.Services.GetRequiredService<PaymentDesk>().SubmitAsync(Agent, payment, default)));
        return await UntilAsync(payment, s => s.IsOver);
    }

    private async Task WriteLoadAsync()
    {
        var sync = await World.Sandbox.Control.StatsAsync("sync");
        output.WriteLine(
            $"refused in the minute: {sync.GetProperty("throttled").GetInt32()} requests, for {Calls} calls and {Payments} payments");
    }
}
