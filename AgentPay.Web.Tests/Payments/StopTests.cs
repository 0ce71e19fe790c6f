using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Payments;

/// <summary>What an instance still completes when it is stopped.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class StopTests : IAsyncLifetime
{
    private static readonly TimeSpan SyncDelay = TimeSpan.FromMilliseconds(1300);

    private readonly PaymentsLab _lab = new();
    private PaymentsHost _host = null!;

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _host = await _lab.StartInstanceAsync();
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Stop_WhileTheOutcomeIsBeingWritten_LeavesItInSyncWithItsRecords()
    {
        var call = await _lab.CallAsync();
        var payment = ((DeskAnswer.Done)await _host.Desk.StartAsync("maria", new(CallSid.Parse(call), Amount: 42.50m), default)).Payment.Id;
        await _lab.EnterCardAsync(_host, call, payment);
        (await _host.Desk.SubmitAsync("maria", payment, default)).ShouldBeOfType<DeskAnswer.Done>();
        await _lab.FaultsAsync(new { syncDelayMs = SyncDelay.TotalMilliseconds });
        // The outcome is shown before it is written.
        await _lab.PumpAsync(_host.UntilAsync(payment, s => s.Phase == PaymentPhase.Succeeded));

        await _lab.PumpAsync(StopAsync());

        await _lab.FaultsAsync(new { });
        var other = await _lab.StartInstanceAsync();
        var found = await other.Flow.RefreshAsync(payment, default);
        found!.Phase.ShouldBe(PaymentPhase.Succeeded);
        (await _lab.HistoryAsync(other, found))!.Result.ShouldBe("success");
        (await _lab.PayMapAsync(other, found))!.Value.GetProperty("Result").GetString().ShouldBe("success");
        (await _lab.StatsAsync()).GetProperty("callbacks").GetProperty("failed").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Stop_WithAParkedCallback_WritesItWhenSyncIsBackByThen()
    {
        var call = await _lab.CallAsync();
        var payment = ((DeskAnswer.Done)await _host.Desk.StartAsync("maria", new(CallSid.Parse(call), Amount: 42.50m), default)).Payment.Id;
        await _host.UntilAsync(payment, s => s.Current == CaptureField.PaymentCardNumber && s.Pending is null);
        await _lab.FaultsAsync(new { syncError = 1.0 });
        await _lab.PressAsync(call, PaymentsLab.GoodCard);
        _host.UnstoredCallbacks.ShouldBe(1);
        await _lab.FaultsAsync(new { });

        await _lab.PumpAsync(StopAsync());

        var found = await (await _lab.StartInstanceAsync()).Flow.RefreshAsync(payment, default);
        found!.Row(CaptureField.PaymentCardNumber)!.Progress.ShouldBe(FieldProgress.Captured);
    }

    private async Task<bool> StopAsync()
    {
        await _host.StopAsync();
        return true;
    }
}
