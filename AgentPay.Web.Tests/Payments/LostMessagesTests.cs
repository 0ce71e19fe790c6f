using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.AspNetCore.Http;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Single messages between AgentPay and Twilio are lost, each at the worst moment.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class LostMessagesTests : IAsyncLifetime
{
    private readonly PaymentsLab _lab = new();
    private PaymentsHost _host = null!;
    private string _call = "";

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _host = await _lab.StartInstanceAsync(new() { ["Payments:OutcomeTimeout"] = "00:00:15" });
        _call = await _lab.CallAsync();
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task PayMap_OutOfReachAtTheEnd_GetsItLater()
    {
        var paid = await PayWithoutPayMapAsync();
        _host.Records.Count.ShouldBe(1);

        _host.Edge.Fault = _ => null;
        while (_host.Records.Count > 0) await PassAsync(1);

        (await _lab.PumpAsync(_lab.PayMapAsync(_host, paid)))!.Value.GetProperty("status").GetString().ShouldBe("succeeded");
    }

    [Fact]
    public async Task Stop_WithRecordsQueued_WritesThemFirst()
    {
        var paid = await PayWithoutPayMapAsync();
        _host.Edge.Fault = _ => null;

        await _lab.PumpAsync(_host.StopAsync());

        var other = await _lab.StartInstanceAsync();
        (await _lab.PayMapAsync(other, paid))!.Value.GetProperty("status").GetString().ShouldBe("succeeded");
    }

    [Fact]
    public async Task Callback_WhenSyncIsDownForLongerThanTwilioTries_IsStoredAfterwards()
    {
        var payment = await _host.StartPaymentAsync(_call);
        await _host.UntilAsync(payment.Id, s => s.Pending is null && s.Row(CaptureField.PaymentCardNumber)!.IsOpen);
        _host.Edge.Fault = request => request.Path.StartsWithSegments("/sandbox/sync") ? Moment.Before : null;
        await _lab.PressAsync(_call, PaymentsLab.GoodCard);
        while (_host.UnstoredCallbacks == 0) await PassAsync(1);
        var parked = _lab.Clock.GetUtcNow();
        // Each look tries for several seconds by itself.
        while (_lab.Clock.GetUtcNow() - parked < TimeSpan.FromSeconds(30)) await PassAsync(1);

        _host.Edge.Fault = _ => null;

        await PassUntilAsync(payment.Id, s => s.Row(CaptureField.PaymentCardNumber)!.Progress == FieldProgress.Captured);
        await PassAsync(1);
        _host.UnstoredCallbacks.ShouldBe(0);
    }

    [Fact]
    public async Task CapturedField_WhoseInstanceDiesWhileSyncIsDown_IsKeptByTheNextDelivery()
    {
        var payment = (await _host.StartPaymentAsync(_call)).Id;
        await _host.UntilAsync(payment, s => s.Pending is null && s.Row(CaptureField.PaymentCardNumber)!.IsOpen);
        _host.Edge.Fault = request => request.Path.StartsWithSegments("/sandbox/sync") ? Moment.Before : null;
        var other = await _lab.StartInstanceAsync();
        _lab.Door.Remove(other.Url);
        var pressing = _lab.PressAsync(_call, PaymentsLab.GoodCard);
        // Answered 503: nothing that only this instance knows was acknowledged.
        while (_host.UnstoredCallbacks == 0) await PassAsync(1);

        _lab.Door.Add(other.Url);
        await _host.DisposeAsync();
        await pressing;

        PaymentSession? kept = null;
        for (var seconds = 0; seconds < 60 && kept?.Row(CaptureField.PaymentCardNumber)!.Progress != FieldProgress.Captured; seconds++)
        {
            _lab.Clock.Advance(TimeSpan.FromSeconds(1));
            kept = await _lab.PumpAsync(other.Flow.RefreshAsync(payment, default));
        }
        kept!.Row(CaptureField.PaymentCardNumber)!.Progress.ShouldBe(FieldProgress.Captured);
    }

    [Fact]
    public async Task Callback_ShownBeforeItsWriteFails_IsNotTakenBackByPolls()
    {
        var payment = (await _host.StartPaymentAsync(_call)).Id;
        await _host.UntilAsync(payment, s => s.Pending is null && s.Row(CaptureField.PaymentCardNumber)!.IsOpen);
        _host.Edge.Fault = request =>
            request.Method == HttpMethods.Post && request.Path.Value!.Contains("pay-", StringComparison.Ordinal) ? Moment.Before : null;
        using var leaving = new CancellationTokenSource();
        await using var screen = _host.Feed.WatchAsync(payment, leaving.Token).GetAsyncEnumerator();
        var pressing = _lab.PressAsync(_call, PaymentsLab.GoodCard);
        while (await screen.MoveNextAsync() && screen.Current.Row(CaptureField.PaymentCardNumber)!.Progress != FieldProgress.Captured)
            continue;
        await pressing;

        for (var polls = 0; polls < 2; polls++) await _lab.PumpAsync(_host.Flow.RefreshAsync(payment, default));

        _host.Feed.Latest(payment)?.Row(CaptureField.PaymentCardNumber)!.Progress.ShouldBe(FieldProgress.Captured);
    }

    [Fact]
    public async Task Callback_ThatSyncDoesNotTake_IsShownAndAsksTwilioForNothingUntilItIsStored()
    {
        var payment = (await _host.StartPaymentAsync(_call)).Id;
        await _host.UntilAsync(payment, s => s.Pending is null && s.Row(CaptureField.PaymentCardNumber)!.IsOpen);
        var steps = _host.Edge.Steps;
        _host.Edge.Fault = request =>
            request.Method == HttpMethods.Post && request.Path.Value!.Contains("pay-", StringComparison.Ordinal) ? Moment.Before : null;
        await _lab.PressAsync(_call, PaymentsLab.GoodCard);

        await PassAsync(20);

        _host.Feed.Latest(payment)!.Pending!.Field.ShouldBe(CaptureField.ExpirationDate);
        _host.Edge.Steps.ShouldBe(steps);
        _host.Edge.Fault = _ => null;
        await PassUntilAsync(payment, s => s.Pending is null && s.Current == CaptureField.ExpirationDate);
        _host.Edge.Steps.ShouldBe(steps + 1);
    }

    [Fact]
    public async Task Submission_WhoseWriteIsNeverAnswered_IsSentAllTheSameAndChargedOnce()
    {
        var payment = await _host.StartPaymentAsync(_call);
        await _lab.EnterCardAsync(_host, _call, payment.Id);
        _host.Edge.Fault = request => request.Path.Value!.Contains("pay-", StringComparison.Ordinal) ? Moment.After : null;
        var answer = await _lab.PumpAsync(_host.Desk.SubmitAsync("maria", payment.Id, default));
        answer.ShouldBe(DeskAnswer.Unavailable);

        _host.Edge.Fault = _ => null;

        (await PassUntilAsync(payment.Id, s => s.IsOver)).Phase.ShouldBe(PaymentPhase.Succeeded);
        (await _lab.GatewayAsync("charges")).ShouldBe(1);
    }

    [Fact]
    public async Task Start_WhoseAnswerAndCallbackAreLost_IsLearntAndCancelledAtTwilio()
    {
        _lab.Door.Remove(_host.Url);
        _host.Edge.Fault = request => IsStart(request) ? Moment.After : null;
        var payment =
            PaymentsHost.Done(await _lab.PumpAsync(_host.Desk.StartAsync("maria", new(CallSid.Parse(_call), Amount: 5), default)));
        await PassAsync(20);
        payment = (await _host.Service<PaymentStore>().LoadAsync(payment.Id, default))!;
        (payment.Phase, payment.Payment).ShouldBe((PaymentPhase.Cancelling, null));

        _lab.Door.Add(_host.Url);
        _host.Edge.Fault = _ => null;

        var over = await PassUntilAsync(payment.Id, s => s.IsOver);
        (over.Phase, over.Outcome!.Result).ShouldBe((PaymentPhase.Cancelled, "not-started"));
        (await _host.StartPaymentAsync(_call)).Payment.ShouldNotBeNull();
    }

    [Fact]
    public async Task Cancel_LostForLongerThanTheOutcomeTimeout_IsAskedUntilTwilioHearsIt()
    {
        var payment = await _host.StartPaymentAsync(_call);
        await _host.UntilAsync(payment.Id, s => s.Pending is null && s.Row(CaptureField.PaymentCardNumber)!.IsOpen);
        _host.Edge.Fault = request => request.Path.StartsWithSegments("/sandbox/twilio") ? Moment.Before : null;
        await _lab.PumpAsync(_host.Desk.CancelAsync("maria", payment.Id, default));
        await PassAsync(20);
        (await _host.Service<PaymentStore>().LoadAsync(payment.Id, default))!.Phase.ShouldBe(PaymentPhase.Cancelling);

        _host.Edge.Fault = _ => null;

        (await PassUntilAsync(payment.Id, s => s.IsOver)).Phase.ShouldBe(PaymentPhase.Cancelled);
        (await _host.StartPaymentAsync(_call)).Payment.ShouldNotBeNull();
    }

    [Fact]
    public async Task Session_ThatOutlivesItsPayment_IsEndedAtTwilio()
    {
        var payment = await _host.StartPaymentAsync(_call);
        await _host.UntilAsync(payment.Id, s => s.Pending is null && s.Row(CaptureField.PaymentCardNumber)!.IsOpen);
        await _host.Desk.CallEndedAsync(CallSid.Parse(_call), default);
        (await _host.UntilAsync(payment.Id, s => s.IsOver)).Phase.ShouldBe(PaymentPhase.Failed);

        await _lab.PressAsync(_call, "4");
        await _host.Flow.Idle;

        (await _host.StartPaymentAsync(_call)).Payment.ShouldNotBeNull();
    }

    [Fact]
    public async Task Success_ThatComesAfterUnknown_IsRecordedInItsPlace()
    {
        var payment = await _host.StartPaymentAsync(_call);
        await _lab.EnterCardAsync(_host, _call, payment.Id);
        await _lab.FaultsAsync(new { callbackDelayMs = 40_000 });
        await _host.Desk.SubmitAsync("maria", payment.Id, default);
        var unknown = await PassUntilAsync(payment.Id, s => s.IsOver);
        unknown.Phase.ShouldBe(PaymentPhase.Unknown);
        (await _lab.PumpAsync(_lab.HistoryAsync(_host, unknown)))!.Result.ShouldBe("unknown");

        var paid = await PassUntilAsync(payment.Id, s => s.IsFinal);

        (await _lab.PumpAsync(_lab.HistoryAsync(_host, paid)))!.Result.ShouldBe("success");
        (await _lab.PumpAsync(_lab.PayMapAsync(_host, paid)))!.Value.GetProperty("status").GetString().ShouldBe("succeeded");
    }

    /// <summary>A payment to its end, from whose submission on <c>payMap</c> cannot be reached.</summary>
    private async Task<PaymentSession> PayWithoutPayMapAsync()
    {
        var payment = await _host.StartPaymentAsync(_call);
        await _lab.EnterCardAsync(_host, _call, payment.Id);
        _host.Edge.Fault = request => IsPayMap(request) ? Moment.Before : null;
        await _lab.PumpAsync(_host.Desk.SubmitAsync("maria", payment.Id, default));
        var paid = await PassUntilAsync(payment.Id, session => session.IsOver);
        await PassAsync(5);
        return paid;
    }

    /// <summary>Second by second, so that what waits for the clock comes to its turn in between.</summary>
    private async Task PassAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _lab.Clock.Advance(TimeSpan.FromSeconds(1));
            await _lab.PumpAsync(_host.LookAsync());
            await _lab.PumpAsync(_host.IdleAsync());
        }
    }

    /// <summary>Lets time pass until the payment meets the condition.</summary>
    private async Task<PaymentSession> PassUntilAsync(PaymentId payment, Func<PaymentSession, bool> condition)
    {
        for (var second = 0; second < 200; second++)
        {
            if (await _host.BeforeIdleAsync(payment, condition) is { } session) return session;
            await PassAsync(1);
        }
        throw new TimeoutException($"The payment does not get there; it is {_host.Feed.Latest(payment)}");
    }

    private static bool IsPayMap(HttpRequest request) => request.Path.Value!.Contains("/Maps/payMap/", StringComparison.Ordinal);

    private static bool IsStart(HttpRequest request) => request.Path.Value!.EndsWith("/Payments.json", StringComparison.Ordinal);
}
