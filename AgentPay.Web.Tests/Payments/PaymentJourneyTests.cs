using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Complete payments over HTTP: the agent's commands, Twilio's API and callbacks, the caller's keys, the gateway.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class PaymentJourneyTests : IAsyncLifetime
{
    private readonly PaymentsLab _lab = new();
    private PaymentsHost _host = null!;

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _host = await _lab.StartInstanceAsync();
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Charge_WithAGoodCard_SucceedsWithTheGatewaysCode()
    {
        var (call, payment) = await StartAsync();

        await _lab.EnterCardAsync(_host, call, payment.Id);
        PaymentsHost.Done(await _host.Desk.SubmitAsync("maria", payment.Id, default));
        var paid = await _host.UntilAsync(payment.Id, s => s.IsOver);

        paid.Phase.ShouldBe(PaymentPhase.Succeeded);
        paid.Outcome!.Confirmation.ShouldNotBeNullOrEmpty();
        (await _lab.GatewayAsync("charges")).ShouldBe(1);
    }

    [Fact]
    public async Task Charge_OnOneInstance_CostsNineWritesAndOneRead()
    {
        var (call, payment) = await StartAsync();
        // It stores Twilio's answers after three seconds, and on a busy machine a field takes longer.
        await _host.Watch.StopAsync(default);
        using var watching = new CancellationTokenSource();
        await using var screen = _host.Feed.WatchAsync(payment.Id, watching.Token).GetAsyncEnumerator();
        await screen.MoveNextAsync();

        await _lab.EnterCardAsync(_host, call, payment.Id);
        await _host.Desk.SubmitAsync("maria", payment.Id, default);
        await _host.UntilAsync(payment.Id, s => s.IsOver);
        (await _lab.HistoryAsync(_host, payment)).ShouldNotBeNull();

        var objects = (await _lab.StatsAsync()).GetProperty("sync").GetProperty("objects").EnumerateObject()
            .Where(o => o.Name.StartsWith("document:", StringComparison.Ordinal)).ToList();
        objects.Sum(o => o.Value.GetProperty("writes").GetInt32()).ShouldBe(9, string.Join(", ", objects));
        // The read, and one of the writes, shorten the life of the call's own document at the end.
        objects.Sum(o => o.Value.GetProperty("reads").GetInt32()).ShouldBe(1, string.Join(", ", objects));
    }

    [Fact]
    public async Task Charge_Declined_FailsAndASecondCardOnTheSameCallSucceeds()
    {
        var (call, first) = await StartAsync();
        await _lab.EnterCardAsync(_host, call, first.Id, PaymentsLab.DeclinedCard);
        await _host.Desk.SubmitAsync("maria", first.Id, default);
        var declined = await _host.UntilAsync(first.Id, s => s.IsOver);
        declined.Phase.ShouldBe(PaymentPhase.Failed);
        declined.Outcome!.Code.ShouldBe(64008);

        var second = PaymentsHost.Done(await _host.Desk.StartAgainAsync("maria", first.Id, default));
        second.Plan.ShouldBeEquivalentTo(declined.Plan);
        await _lab.EnterCardAsync(_host, call, second.Id);
        await _host.Desk.SubmitAsync("maria", second.Id, default);

        (await _host.UntilAsync(second.Id, s => s.IsOver)).Phase.ShouldBe(PaymentPhase.Succeeded);
    }

    [Fact]
    public async Task StartAgain_OfWhatIsNotOverOrIsPaidOrIsAnothers_IsRefused()
    {
        var (call, payment) = await StartAsync();
        (await _host.Desk.StartAgainAsync("maria", payment.Id, default)).ShouldBe(DeskAnswer.TooLate);
        (await _host.Desk.StartAgainAsync("ben", payment.Id, default)).ShouldBe(DeskAnswer.NotYours);
        await _lab.EnterCardAsync(_host, call, payment.Id);
        await _host.Desk.SubmitAsync("maria", payment.Id, default);
        await _host.UntilAsync(payment.Id, s => s.Phase == PaymentPhase.Succeeded);

        (await _host.Desk.StartAgainAsync("maria", payment.Id, default)).ShouldBe(DeskAnswer.TooLate);
    }

    [Fact]
    public async Task Field_Mistyped_WaitsForTheAgentWhoAsksAgain()
    {
        var (call, payment) = await StartAsync();
        await _lab.EnterAsync(_host, call, payment.Id, CaptureField.PaymentCardNumber, "4111111111111112");
        var rejected = await _host.UntilAsync(payment.Id, s => s.Row(CaptureField.PaymentCardNumber)!.Progress == FieldProgress.Rejected);
        rejected.Row(CaptureField.PaymentCardNumber)!.Error.ShouldBe("invalid-card-number");

        PaymentsHost.Done(await _host.Desk.AskAsync("maria", payment.Id, CaptureField.PaymentCardNumber, default));
        await _lab.EnterCardAsync(_host, call, payment.Id);

        (await _host.UntilAsync(payment.Id, s => s.Phase == PaymentPhase.Ready)).Rows.ShouldAllBe(r =>
            r.Progress == FieldProgress.Captured);
    }

    [Fact]
    public async Task Call_HungUpWhileCapturing_EndsThePaymentAtOnce()
    {
        var (call, payment) = await StartAsync();

        await _lab.HangUpAsync(call);

        var ended = await _host.UntilAsync(payment.Id, s => s.IsOver);
        (ended.Phase, ended.Outcome!.Result).ShouldBe((PaymentPhase.Failed, "caller-hung-up"));
    }

    [Fact]
    public async Task Payment_OfAnotherAgent_IsNotTouchedUntilASupervisorTakesIt()
    {
        var (_, payment) = await StartAsync();

        (await _host.Desk.CancelAsync("ben", payment.Id, default)).ShouldBe(DeskAnswer.NotYours);
        (await _host.Desk.ReadAsync(Agents.Agent("ben"), payment.Id, default)).ShouldBe(DeskAnswer.NotYours);
        PaymentsHost.Done(await _host.Desk.TakeOverAsync(Agents.Supervisor("priya"), payment.Id, default));

        (await _host.Desk.CancelAsync("maria", payment.Id, default)).ShouldBe(DeskAnswer.NotYours);
        PaymentsHost.Done(await _host.Desk.CancelAsync("priya", payment.Id, default));
        (await _host.UntilAsync(payment.Id, s => s.IsOver)).Phase.ShouldBe(PaymentPhase.Cancelled);
    }

    [Fact]
    public async Task Start_WhileAPaymentIsInProgressOnTheCall_IsRefused()
    {
        var (call, _) = await StartAsync();

        (await _host.Desk.StartAsync("maria", new(CallSid.Parse(call), Amount: 1), default)).ShouldBe(DeskAnswer.PaymentInProgress);
    }

    private async Task<(string Call, PaymentSession Payment)> StartAsync()
    {
        var call = await _lab.CallAsync();
        return (call, await _host.StartPaymentAsync(call));
    }
}
