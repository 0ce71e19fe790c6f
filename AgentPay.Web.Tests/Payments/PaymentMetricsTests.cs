using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Payments;

[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class PaymentMetricsTests : IAsyncLifetime
{
    private readonly PaymentsLab _lab = new();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _measured = new();
    private PaymentsHost _host = null!;

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _host = await _lab.StartInstanceAsync();
        var meters = _host.Service<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == PaymentMetrics.MeterName && instrument.Meter.Scope == meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    public Task DisposeAsync()
    {
        _listener.Dispose();
        return _lab.DisposeAsync();
    }

    [Fact]
    public async Task Payment_TakenToItsEnd_TellsPhasesCommandsAndCallbacks()
    {
        var paid = await new AgentAndCaller(_lab, _host, await _lab.CallAsync()).ToTheEndAsync();

        paid.Phase.ShouldBe(PaymentPhase.Succeeded);
        Tags("phases").ShouldBe(["phase=starting", "phase=capturing", "phase=ready", "phase=submitting", "phase=succeeded result=success"]);
        Tags("command.duration").ShouldBe(
            ["action=start result=accepted", .. Enumerable.Repeat("action=capture result=accepted", 3), "action=complete result=accepted"]);
        Tags("callbacks").ShouldContain("result=applied");
        // The age is known when a callback comes, the result when it has been dealt with; the last one may be between the two.
        var dealtWith = Tags("callbacks").Length;
        Values("callback.age").Length.ShouldBeGreaterThanOrEqualTo(dealtWith);
        Values("callback.age").ShouldAllBe(age => age >= 0);
    }

    [Fact]
    public async Task Reader_OfThePayment_IsTimedForWhatCallbacksBringWhileItWatches()
    {
        var call = await _lab.CallAsync();
        var payment = ((DeskAnswer.Done)await _host.Desk.StartAsync("maria", new(CallSid.Parse(call), Amount: 42.50m), default)).Payment.Id;
        await _host.UntilAsync(payment, s => s.Current == CaptureField.PaymentCardNumber && s.Pending is null);
        _measured.Clear();
        await using var reader = _host.Feed.WatchAsync(payment, default).GetAsyncEnumerator();
        await reader.MoveNextAsync();
        Values("callback.to_reader").ShouldBeEmpty();

        var next = reader.MoveNextAsync();
        await _lab.PressAsync(call, "4");
        await next;

        Values("callback.to_reader").ShouldHaveSingleItem().ShouldBe(0);
    }

    [Fact]
    public async Task Callback_ThatSyncDoesNotTake_CountsAsParkedAndWaits()
    {
        var call = await _lab.CallAsync();
        var payment = ((DeskAnswer.Done)await _host.Desk.StartAsync("maria", new(CallSid.Parse(call), Amount: 42.50m), default)).Payment.Id;
        await _host.UntilAsync(payment, s => s.Current == CaptureField.PaymentCardNumber && s.Pending is null);

        await _lab.FaultsAsync(new { syncError = 1.0 });
        await _lab.PressAsync(call, PaymentsLab.GoodCard);

        Tags("callbacks").ShouldContain("result=parked");
        _listener.RecordObservableInstruments();
        _measured.ShouldContain(m => m.Name == "agentpay.payments.waiting" && m.Tags == "what=callbacks" && m.Value == 1);
    }

    private double[] Values(string name) => [.. _measured.Where(m => m.Name == "agentpay.payments." + name).Select(m => m.Value)];

    private string[] Tags(string name) => [.. _measured.Where(m => m.Name == "agentpay.payments." + name).Select(m => m.Tags)];

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue((instrument.Name, value,
            string.Join(' ', tags.ToArray().Where(t => t.Value is not null).Select(t => $"{t.Key}={t.Value}"))));
}
