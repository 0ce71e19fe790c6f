using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Two instances behind a load balancer that sends them Twilio's callbacks in turn.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class TwoInstancesTests : IAsyncLifetime
{
    private readonly PaymentsLab _lab = new();
    private PaymentsHost _one = null!;
    private PaymentsHost _other = null!;

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        (_one, _other) = (await _lab.StartInstanceAsync(), await _lab.StartInstanceAsync());
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Payment_WhoseCallbacksAlternate_SucceedsAndIsSeenOnBoth()
    {
        var call = await _lab.CallAsync();

        var paid = await new AgentAndCaller(_lab, _one, call).ToTheEndAsync();

        paid.Phase.ShouldBe(PaymentPhase.Succeeded);
        // The outcome is shown before Sync holds it.
        foreach (var host in new[] { _one, _other }) await host.Outbox.WhenTriedAsync(PaymentStore.KeyOf(paid.Id));
        (await _other.Flow.RefreshAsync(paid.Id, default))!.Phase.ShouldBe(PaymentPhase.Succeeded);
        _other.Feed.Latest(paid.Id)!.Outcome.ShouldBe(paid.Outcome);
        (await _lab.GatewayAsync("charges")).ShouldBe(1);
    }

    [Fact]
    public async Task Submit_PressedOnBothAtOnce_ChargesOnce()
    {
        var (_, payment) = await ReadyAsync();

        await Task.WhenAll(_one.Desk.SubmitAsync("maria", payment, default), _other.Desk.SubmitAsync("maria", payment, default));

        (await EndAsync(payment)).Phase.ShouldBe(PaymentPhase.Succeeded);
        (await _lab.GatewayAsync("charges")).ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task CancelAndSubmit_PressedAtOnce_LetExactlyOneWin(int seed)
    {
        var (_, payment) = await ReadyAsync();
        var (first, second) = seed % 2 == 0 ? (_one, _other) : (_other, _one);

        var submit = first.Desk.SubmitAsync("maria", payment, default);
        var cancel = second.Desk.CancelAsync("maria", payment, default);

        var won = new[] { await submit, await cancel }.Count(answer => answer is DeskAnswer.Done);
        var end = await EndAsync(payment);
        won.ShouldBe(1);
        (await _lab.GatewayAsync("charges")).ShouldBe(end.Phase == PaymentPhase.Succeeded ? 1 : 0);
        end.Phase.ShouldBe(await submit is DeskAnswer.Done ? PaymentPhase.Succeeded : PaymentPhase.Cancelled);
        (await _lab.HistoryAsync(_one, end))!.Result.ShouldBe(end.Outcome!.Result);
    }

    [Fact]
    public async Task Start_PressedOnBothAtOnce_OpensOnePaymentAndRefusesTheOther()
    {
        var order = new PaymentOrder(CallSid.Parse(await _lab.CallAsync()), Amount: 5);

        var answers = await Task.WhenAll(_one.Desk.StartAsync("maria", order, default), _other.Desk.StartAsync("ben", order, default));

        answers.Count(a => a is DeskAnswer.Done).ShouldBe(1);
        answers.ShouldContain(DeskAnswer.PaymentInProgress);
    }

    [Fact]
    public async Task Start_WhileAnotherIsAnnouncedAndNotWrittenYet_IsRefusedForAMinute()
    {
        var call = CallSid.Parse(await _lab.CallAsync());
        await _other.Service<CallPayments>()
            .ClaimAsync(call, PaymentId.New(_lab.Clock.GetUtcNow()), _ => Task.FromResult<PaymentSession?>(null), _ => true, default);

        (await _one.Desk.StartAsync("maria", new(call, Amount: 5), default)).ShouldBe(DeskAnswer.PaymentAnnounced);
        _lab.Clock.Advance(TimeSpan.FromMinutes(1));

        PaymentsHost.Done(await _lab.PumpAsync(_one.Desk.StartAsync("maria", new(call, Amount: 5), default)));
    }

    [Fact]
    public async Task Start_OfAPaymentWhoseEndIsKnownElsewhereOnly_IsNotRefused()
    {
        var call = await _lab.CallAsync();
        var first = await _one.StartPaymentAsync(call);
        await _other.Flow.RefreshAsync(first.Id, default);
        PaymentsHost.Done(await _other.Desk.CancelAsync("maria", first.Id, default));
        await EndAsync(first.Id);

        PaymentsHost.Done(await _one.Desk.StartAsync("maria", new(CallSid.Parse(call), Amount: 1), default)).Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public async Task Wish_OfTheAgentBeforeATakeOverElsewhere_IsRefused()
    {
        var payment = await _one.StartPaymentAsync(await _lab.CallAsync());
        PaymentsHost.Done(await _other.Desk.TakeOverAsync(Agents.Supervisor("priya"), payment.Id, default));

        (await _one.Desk.CancelAsync("maria", payment.Id, default)).ShouldBe(DeskAnswer.NotYours);
        PaymentsHost.Done(await _one.Desk.ReadAsync(Agents.Agent("priya"), payment.Id, default)).Agent.ShouldBe("priya");
        PaymentsHost.Done(await _one.Desk.CancelAsync("priya", payment.Id, default));
    }

    [Fact]
    public async Task Capture_AnsweredOnOne_IsNotAskedAgainByTheOtherWhoOnlyWatches()
    {
        _lab.Door.Remove(_other.Url);
        var payment = (await _one.StartPaymentAsync(await _lab.CallAsync())).Id;
        await _one.UntilAsync(payment, s => s.Pending is null && s.Current is not null);

        for (var second = 0; second < 30; second++)
        {
            _lab.Clock.Advance(TimeSpan.FromSeconds(1));
            await _lab.PumpAsync(_one.LookAsync());
            await _other.Flow.RefreshAsync(payment, default);
            await _lab.PumpAsync(_other.LookAsync());
        }

        await _other.Flow.Idle;
        (_one.Edge.Steps, _other.Edge.Steps).ShouldBe((1, 0));
    }

    /// <summary>Captured in full, and known to be so on both.</summary>
    private async Task<(string Call, PaymentId Payment)> ReadyAsync()
    {
        var call = await _lab.CallAsync();
        _lab.Door.Remove(_other.Url);
        var payment = (await _one.StartPaymentAsync(call)).Id;
        await _lab.EnterCardAsync(_one, call, payment);
        _lab.Door.Add(_other.Url);
        await _other.Flow.RefreshAsync(payment, default);
        return (call, payment);
    }

    private async Task<PaymentSession> EndAsync(PaymentId payment)
    {
        while (true)
        {
            foreach (var host in new[] { _one, _other })
                if (await _lab.PumpAsync(host.Flow.RefreshAsync(payment, default)) is { IsOver: true } end) return end;
        }
    }
}
