using System.Net.Http.Json;
using System.Text.Json;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Twilio;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Whole payments over real HTTP: our desk, Twilio's API and callbacks, the caller's keys, the gateway.</summary>
public sealed class PaymentJourneyTests : IAsyncLifetime
{
    private readonly SandboxApp _sandbox = new();
    private PaymentsHost _host = null!;

    public async Task InitializeAsync() => _host = await PaymentsHost.StartAsync(_sandbox);

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Charge_WithAGoodCard_SucceedsWithTheGatewaysCode()
    {
        var (call, payment) = await StartAsync();

        await EnterCardAsync(call, payment.Id);
        PaymentsHost.Done(await _host.Desk.SubmitAsync("maria", payment.Id, default));
        var paid = await _host.UntilAsync(payment.Id, s => s.IsOver);

        paid.Phase.ShouldBe(PaymentPhase.Succeeded);
        paid.Outcome!.Confirmation.ShouldNotBeNullOrEmpty();
        (await GatewayAsync("charges")).ShouldBe(1);
    }

    [Fact]
    public async Task Charge_OnOneInstance_CostsEightWritesAndNoReads()
    {
        var (call, payment) = await StartAsync();
        using var watching = new CancellationTokenSource();
        await using var screen = _host.Feed.WatchAsync(payment.Id, watching.Token).GetAsyncEnumerator();
        await screen.MoveNextAsync();

        await EnterCardAsync(call, payment.Id);
        await _host.Desk.SubmitAsync("maria", payment.Id, default);
        await _host.UntilAsync(payment.Id, s => s.IsOver);
        await HistoryAsync(payment);

        var objects = (await StatsAsync()).GetProperty("sync").GetProperty("objects").EnumerateObject().Where(o => o.Name.StartsWith("document:", StringComparison.Ordinal)).ToList();
        objects.Sum(o => o.Value.GetProperty("writes").GetInt32()).ShouldBe(8);
        objects.Sum(o => o.Value.GetProperty("reads").GetInt32()).ShouldBe(0);
    }

    [Fact]
    public async Task Charge_Declined_FailsAndASecondCardOnTheSameCallSucceeds()
    {
        var (call, first) = await StartAsync();
        await EnterCardAsync(call, first.Id, "4000000000000002");
        await _host.Desk.SubmitAsync("maria", first.Id, default);
        var declined = await _host.UntilAsync(first.Id, s => s.IsOver);
        declined.Phase.ShouldBe(PaymentPhase.Failed);
        declined.Outcome!.Code.ShouldBe(64008);

        var second = await _host.StartPaymentAsync(call, first.Plan.Amount);
        await EnterCardAsync(call, second.Id);
        await _host.Desk.SubmitAsync("maria", second.Id, default);

        (await _host.UntilAsync(second.Id, s => s.IsOver)).Phase.ShouldBe(PaymentPhase.Succeeded);
    }

    [Fact]
    public async Task Field_Mistyped_WaitsForTheAgentWhoAsksAgain()
    {
        var (call, payment) = await StartAsync();
        await PressAsync(call, "4111111111111112");
        var rejected = await _host.UntilAsync(payment.Id, s => s.Row(CaptureField.PaymentCardNumber)!.Progress == FieldProgress.Rejected);
        rejected.Row(CaptureField.PaymentCardNumber)!.Error.ShouldBe("invalid-card-number");

        PaymentsHost.Done(await _host.Desk.AskAsync("maria", payment.Id, CaptureField.PaymentCardNumber, default));
        await EnterCardAsync(call, payment.Id);

        (await _host.UntilAsync(payment.Id, s => s.Phase == PaymentPhase.Ready)).Rows.ShouldAllBe(r => r.Progress == FieldProgress.Captured);
    }

    [Fact]
    public async Task Call_HungUpWhileCapturing_EndsThePaymentAtOnce()
    {
        var (call, payment) = await StartAsync();

        (await _sandbox.Anonymous.PostAsync($"sandbox/control/calls/{call}/hangup", null)).EnsureSuccessStatusCode();

        var ended = await _host.UntilAsync(payment.Id, s => s.IsOver);
        (ended.Phase, ended.Outcome!.Result).ShouldBe((PaymentPhase.Failed, "caller-hung-up"));
    }

    [Fact]
    public async Task Payment_OfAnotherAgent_IsNotTouchedUntilASupervisorTakesIt()
    {
        var (_, payment) = await StartAsync();

        (await _host.Desk.CancelAsync("ben", payment.Id, default)).ShouldBe(DeskAnswer.NotYours);
        (await _host.Desk.LookAsync("ben", payment.Id, anybodys: false, default)).ShouldBe(DeskAnswer.NotYours);
        PaymentsHost.Done(await _host.Desk.TakeOverAsync("priya", payment.Id, default));

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

    [Fact]
    public async Task Submit_PressedOnTwoInstancesAtOnce_ChargesOnce()
    {
        await using var other = await PaymentsHost.StartAsync(_sandbox);
        var (call, payment) = await StartAsync();
        await EnterCardAsync(call, payment.Id);
        await other.Flow.RefreshAsync(payment.Id, default);

        await Task.WhenAll(_host.Desk.SubmitAsync("maria", payment.Id, default), other.Desk.SubmitAsync("maria", payment.Id, default));

        (await _host.UntilAsync(payment.Id, s => s.IsOver)).Phase.ShouldBe(PaymentPhase.Succeeded);
        (await GatewayAsync("charges")).ShouldBe(1);
    }

    [Fact]
    public async Task Instance_KilledInMidEntry_IsReplacedByAnotherFromSyncAlone()
    {
        var (call, payment) = await StartAsync();
        await PressAsync(call, "4111111111111111");
        await _host.UntilAsync(payment.Id, s => s.Row(CaptureField.ExpirationDate)!.IsOpen);
        await _host.DisposeAsync();
        await using var other = await PaymentsHost.StartAsync(_sandbox);

        var found = PaymentsHost.Done(await other.Desk.LookAsync("maria", payment.Id, anybodys: false, default));

        found.Current.ShouldBe(CaptureField.ExpirationDate);
        found.Row(CaptureField.PaymentCardNumber)!.Shown.ShouldBe("xxxxxxxxxxxx1111");
    }

    private async Task<(string Call, PaymentSession Payment)> StartAsync()
    {
        var answer = await _sandbox.Anonymous.PostAsJsonAsync("sandbox/control/calls", new { from = "+61400000000", to = "+61280000000" });
        var call = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("callSid").GetString()!;
        return (call, await _host.StartPaymentAsync(call));
    }

    private async Task EnterCardAsync(string call, PaymentId payment, string number = "4111111111111111")
    {
        (string Keys, CaptureField Field)[] entries = [(number, CaptureField.PaymentCardNumber), ("1230", CaptureField.ExpirationDate), ("123", CaptureField.SecurityCode)];
        foreach (var (keys, field) in entries)
        {
            await _host.UntilAsync(payment, s => s.Current == field && s.Pending is null && s.Row(field)!.IsOpen);
            await PressAsync(call, keys);
        }
        await _host.UntilAsync(payment, s => s.Phase == PaymentPhase.Ready);
    }

    private async Task PressAsync(string call, string digits) =>
        (await _sandbox.Anonymous.PostAsJsonAsync($"sandbox/control/calls/{call}/keys", new { digits })).EnsureSuccessStatusCode();

    private async Task<HistoryRecord> HistoryAsync(PaymentSession payment) =>
        (await _host.Maps.FetchAsync<HistoryRecord>(HistoryRecord.MapOf(payment), payment.Id.ToString(), default))!.Data;

    private Task<JsonElement> StatsAsync() => _sandbox.Anonymous.GetFromJsonAsync<JsonElement>("sandbox/control/stats");

    private async Task<int> GatewayAsync(string counter) => (await StatsAsync()).GetProperty("gateway").GetProperty(counter).GetInt32();
}
