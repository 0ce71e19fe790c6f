using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Callbacks arrive at one instance, and the agent's circuit is on another.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class PollingTests : IAsyncLifetime
{
    private readonly PaymentsLab _lab = new();
    private PaymentsHost _told = null!;
    private PaymentsHost _watched = null!;

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _told = await _lab.StartInstanceAsync();
        _watched = await PaymentsHost.StartAsync(_lab.Sandbox, polls: true);
    }

    public async Task DisposeAsync()
    {
        await _watched.DisposeAsync();
        await _lab.DisposeAsync();
    }

    [Fact]
    public async Task Watcher_OnAnotherInstance_SeesACallbackAfterOnePollInterval()
    {
        var call = await _lab.CallAsync();
        var payment = await _told.StartPaymentAsync(call);
        await _told.UntilAsync(payment.Id, s => s.Pending is null && s.Row(CaptureField.PaymentCardNumber)!.IsOpen);
        (await _watched.UntilAsync(payment.Id, _ => true)).Current.ShouldBe(CaptureField.PaymentCardNumber);
        using var leaving = new CancellationTokenSource();
        await using var screen = _watched.Feed.WatchAsync(payment.Id, leaving.Token).GetAsyncEnumerator();
        await screen.MoveNextAsync();

        await _lab.PressAsync(call, PaymentsLab.GoodCard);
        var next = screen.MoveNextAsync().AsTask();
        await _lab.PumpAsync(next);

        screen.Current.Row(CaptureField.PaymentCardNumber)!.Shown.ShouldBe("xxxxxxxxxxxx1111");
    }

    [Fact]
    public async Task Watcher_WhoseServersClockIsSetBack_GoesOnSeeingWhatOthersDo()
    {
        var payment = await _told.StartPaymentAsync(await _lab.CallAsync());
        await _told.UntilAsync(payment.Id, s => s.Pending is null && s.Current is not null);
        _lab.Clock.Advance(TimeSpan.FromSeconds(4));
        await _lab.PumpAsync(_told.LookAsync());
        // Nothing is pending any more: what there is to see comes by polls alone.
        await _watched.UntilAsync(payment.Id, s => s.Pending is null);
        using var leaving = new CancellationTokenSource();
        await using var screen = _watched.Feed.WatchAsync(payment.Id, leaving.Token).GetAsyncEnumerator();
        await screen.MoveNextAsync();

        _lab.Clock.Set(TimeSpan.FromHours(-1));
        PaymentsHost.Done(await _told.Desk.TakeOverAsync(Agents.Supervisor("priya"), payment.Id, default));
        _lab.Clock.Advance(TimeSpan.FromSeconds(1));
        await screen.MoveNextAsync().AsTask().WaitAsync(TestLimit.Time);

        screen.Current.Agent.ShouldBe("priya");
    }

    [Fact]
    public async Task Payment_OverLongAgoAndOnNoScreenAnyMore_IsForgotten()
    {
        var payment = await _watched.StartPaymentAsync(await _lab.CallAsync());
        await _watched.Desk.CallEndedAsync(payment.Call, default);
        await _watched.UntilAsync(payment.Id, s => s.IsFinal);

        _lab.Clock.Advance(TimeSpan.FromMinutes(20));
        await _lab.PumpAsync(_watched.LookAsync());

        (_watched.Service<PaymentStore>().Known(payment.Id), _watched.Feed.Latest(payment.Id)).ShouldBe((null, null));
    }

    [Fact]
    public async Task Watcher_OfAPaymentThatWasLookedAtBefore_GetsItAtOnce()
    {
        var payment = await _told.StartPaymentAsync(await _lab.CallAsync());
        PaymentsHost.Done(await _watched.Desk.ReadAsync(Agents.Agent("maria"), payment.Id, default));

        (await _watched.UntilAsync(payment.Id, _ => true)).Call.ShouldBe(payment.Call);
    }

    [Fact]
    public async Task Payment_ThatEndedElsewhere_IsNotReadAgainForAScreenThatStaysOpen()
    {
        var ended = await _told.StartPaymentAsync(await _lab.CallAsync());
        await _told.Desk.CancelAsync("maria", ended.Id, default);
        await _told.UntilAsync(ended.Id, s => s.IsFinal);
        var other = await _told.StartPaymentAsync(await _lab.CallAsync());
        PaymentsHost.Done(await _watched.Desk.ReadAsync(Agents.Agent("maria"), ended.Id, default));
        var (ofEnded, ofOther) = (0, new SemaphoreSlim(0));
        _watched.Edge.Hold = request =>
        {
            if (request.Path.Value!.EndsWith(PaymentStore.NameOf(ended.Id), StringComparison.Ordinal)) Interlocked.Increment(ref ofEnded);
            if (request.Path.Value.EndsWith(PaymentStore.NameOf(other.Id), StringComparison.Ordinal)) ofOther.Release();
            return null;
        };

        using var leaving = new CancellationTokenSource();
        var screens = Task.WhenAll(FollowAsync(ended.Id, leaving.Token), FollowAsync(other.Id, leaving.Token));
        for (var polls = 0; polls < 5; polls++) (await _lab.PumpAsync(ofOther.WaitAsync(TestLimit.Time))).ShouldBeTrue();

        ofEnded.ShouldBe(0);
        _watched.Feed.Latest(ended.Id)!.Phase.ShouldBe(PaymentPhase.Cancelled);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(screens);
    }

    [Fact]
    public async Task Payment_WatchedByNobody_IsNotReadHere()
    {
        var payment = await _told.StartPaymentAsync(await _lab.CallAsync());

        _lab.Clock.Advance(TimeSpan.FromMinutes(1));

        _watched.Feed.Latest(payment.Id).ShouldBeNull();
    }

    private async Task FollowAsync(PaymentId payment, CancellationToken leaving)
    {
        await foreach (var _ in _watched.Feed.WatchAsync(payment, leaving)) continue;
    }
}
