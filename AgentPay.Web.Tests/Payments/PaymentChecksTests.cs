using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Components.History;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Payments;

/// <summary>A payment that needs checking stays open until a supervisor closes it.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class PaymentChecksTests : IAsyncLifetime
{
    private const string Malformed = "4000000000000119";
    private static readonly CurrentUser Maria = Agents.Agent("maria");
    private static readonly CurrentUser Priya = Agents.Supervisor("priya");

    private readonly PaymentsLab _lab = new();
    private PaymentsHost _host = null!;
    private string _call = "";

    private PaymentHistory History => _host.Service<PaymentHistory>();

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        (_host, _call) = (await _lab.StartInstanceAsync(new() { ["Payments:OutcomeTimeout"] = "00:00:15" }), await _lab.CallAsync());
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Close_AsNotCharged_FreesTheCallAndSurvivesALateSuccess()
    {
        var payment = await UnknownAsync();
        (await StartAsync()).ShouldBeOfType<DeskAnswer.Refused>();

        (await CloseAsync(payment, isCharged: false)).ShouldBeNull();

        (await OpenAsync(Priya)).ShouldBeEmpty();
        _host.Feed.Latest(payment.Id)!.Closing.ShouldNotBeNull().By.ShouldBe("priya");
        PaymentsHost.Done(await StartAsync());

        await _lab.PumpAsync(_host.UntilAsync(payment.Id, s => s.IsFinal));
        var record = (await _lab.HistoryAsync(_host, payment)).ShouldNotBeNull();
        (record.Result, record.Confirmation is null, record.Closing!.IsCharged, record.Closing.Note)
            .ShouldBe(("success", false, false, "not there"));
        (await OpenAsync(Priya)).ShouldHaveSingleItem().Id.ShouldBe(payment.Id);
    }

    [Fact]
    public async Task Close_AsCharged_AsksBeforeTheSameIsChargedAgain()
    {
        var payment = await UnknownAsync();

        (await CloseAsync(payment, isCharged: true, "ch_77")).ShouldBeNull();

        (await StartAsync()).ShouldBeOfType<DeskAnswer.Refused>().Paid!.Id.ShouldBe(payment.Id);
        PaymentsHost.Done(await StartAsync(isConfirmed: true));
        var closing = (await _lab.HistoryAsync(_host, payment))!.Closing.ShouldNotBeNull();
        (closing.IsCharged, closing.Reference, closing.By, closing.Result).ShouldBe((true, "ch_77", "priya", "unknown"));
        closing.At.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Close_OfADoubtfulFailure_IsSeenByAnotherInstance()
    {
        var payment = await FailDoubtfullyAsync();
        var other = await _lab.StartInstanceAsync();
        (await other.Service<PaymentHistory>().NeedCheckingAsync(Priya, default)).Records.ShouldHaveSingleItem().Id.ShouldBe(payment.Id);

        (await CloseAsync(payment, isCharged: false)).ShouldBeNull();

        (await other.Service<PaymentHistory>().NeedCheckingAsync(Priya, default)).Records.ShouldBeEmpty();
        PaymentsHost.Done(await _host.Desk.StartAgainAsync("maria", payment.Id, default)).Id.ShouldNotBe(payment.Id);
    }

    [Fact]
    public async Task Close_ByTwoSupervisors_KeepsTheFirst()
    {
        var payment = await UnknownAsync();
        (await CloseAsync(payment, isCharged: false)).ShouldBeNull();

        (await CloseAsync(payment, isCharged: false)).ShouldBeNull();
        (await CloseAsync(payment, isCharged: true, "ch_1")).ShouldBe(DeskAnswer.TooLate);

        (await _lab.HistoryAsync(_host, payment))!.Closing!.IsCharged.ShouldBeFalse();
    }

    [Theory]
    [InlineData("maria", false, null, null, "not-supervisor")]
    [InlineData("priya", true, " ", null, "reference-missing")]
    [InlineData("priya", true, "4111 1111 1111 1111", null, "card-number-in-text")]
    [InlineData("priya", false, null, "card 4111.1111.1111.1111", "card-number-in-text")]
    [InlineData("priya", false, null, "two\nlines", "text-not-one-line")]
    public async Task Close_WithWhatMustNotBe_IsRefusedAndLeavesItOpen(string who, bool isCharged, string? reference, string? note,
        string code)
    {
        var record = ARecord.Of("maria", _lab.Clock.GetUtcNow(), "unknown");
        await _host.Service<HistoryStore>().WriteAsync(record, default, default);

        var refused = await _host.Service<PaymentChecks>()
            .CloseAsync(who == "priya" ? Priya : Maria, record, isCharged, reference, note, default);

        refused.ShouldNotBeNull().Code.ShouldBe(code);
        (await OpenAsync(Priya)).ShouldHaveSingleItem().Closing.ShouldBeNull();
    }

    [Fact]
    public async Task Close_LongAfterThePayment_WritesTheRecordOfItsDay()
    {
        var record = ARecord.Of("maria", _lab.Clock.GetUtcNow().AddDays(-9), "unknown");
        await _host.Service<HistoryStore>().WriteAsync(record, default, default);

        (await _host.Service<PaymentChecks>().CloseAsync(Priya, record, true, "82919789861357149", null, default)).ShouldBeNull();
        (await _host.Service<PaymentChecks>().CloseAsync(Priya, record, false, null, null, default)).ShouldBe(DeskAnswer.TooLate);

        var days = await History.ReadAsync(Priya, record.Started, record.Ended, default, default).ToListAsync();
        var read = days.SelectMany(day => day.Records!).ShouldHaveSingleItem();
        read.Closing!.Reference.ShouldBe("82919789861357149");
        (await OpenAsync(Priya)).ShouldBeEmpty();
    }

    [Fact]
    public async Task NeedChecking_OfSeveralDays_IsForTheAgentAndForSupervisors()
    {
        var store = _host.Service<HistoryStore>();
        var today = _lab.Clock.GetUtcNow();
        HistoryRecord[] open = [ARecord.Of("maria", today, "unknown"), ARecord.Of("joe", today.AddDays(-3), "internal-error"),
            ARecord.Of("maria", today.AddDays(-20), "unknown")];
        foreach (var record in open) await store.WriteAsync(record, default, default);
        await store.WriteAsync(ARecord.Of("maria", today.AddDays(-1)), default, default);

        (await OpenAsync(Priya)).Select(record => record.Id).ShouldBe(open.Select(record => record.Id));
        (await OpenAsync(Maria)).Select(record => record.Id).ShouldBe([open[0].Id, open[2].Id]);
    }

    [Fact]
    public async Task NeedChecking_OnceTheResultHasArrived_LeavesTheIndex()
    {
        var (store, record) = (_host.Service<HistoryStore>(), ARecord.Of("maria", _lab.Clock.GetUtcNow(), "unknown"));
        await store.WriteAsync(record, default, default);
        await store.WriteAsync(record with { Result = "success" }, default, default);

        (await OpenAsync(Priya)).ShouldBeEmpty();

        (await _host.Maps.FetchAsync<HistoryRecord>(HistoryStore.ChecksMap, record.Id.ToString(), default)).ShouldBeNull();
    }

    [Fact]
    public async Task NeedChecking_ManyOfThem_ShowsTheNewestAndCountsTheRest()
    {
        var (store, now) = (_host.Service<HistoryStore>(), _lab.Clock.GetUtcNow());
        var all = Enumerable.Range(0, 53).Select(minute => ARecord.Of("maria", now.AddMinutes(-minute), "unknown")).ToList();
        foreach (var record in all)
        {
            _lab.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await store.WriteAsync(record, default, default);
        }

        var (records, more) = await _lab.PumpAsync(History.NeedCheckingAsync(Priya, default));

        records.Select(record => record.Id).ShouldBe(all.Take(50).Select(record => record.Id));
        more.ShouldBe(3);
    }

    private async Task<PaymentSession> UnknownAsync()
    {
        var payment = PaymentsHost.Done(await StartAsync());
        await _lab.EnterCardAsync(_host, _call, payment.Id);
        await _lab.FaultsAsync(new { callbackDelayMs = 40_000 });
        await _host.Desk.SubmitAsync("maria", payment.Id, default);
        _lab.Clock.Advance(TimeSpan.FromSeconds(16));
        await _lab.PumpAsync(_host.LookAsync());
        return await RecordedAsync(payment.Id, PaymentPhase.Unknown);
    }

    private async Task<PaymentSession> FailDoubtfullyAsync()
    {
        var payment = PaymentsHost.Done(await StartAsync());
        await _lab.EnterCardAsync(_host, _call, payment.Id, Malformed);
        await _lab.PumpAsync(_host.Desk.SubmitAsync("maria", payment.Id, default));
        return await _lab.PumpAsync(RecordedAsync(payment.Id, PaymentPhase.Failed));
    }

    private async Task<PaymentSession> RecordedAsync(PaymentId payment, PaymentPhase phase)
    {
        var session = await _host.UntilAsync(payment, s => s.Phase == phase);
        await _lab.HistoryAsync(_host, session);
        return session;
    }

    private Task<DeskAnswer> StartAsync(bool isConfirmed = false) =>
        _host.Desk.StartAsync("maria", new(CallSid.Parse(_call), Amount: 42.50m) { IsConfirmedAgain = isConfirmed }, default);

    private Task<DeskAnswer.Refused?> CloseAsync(PaymentSession payment, bool isCharged, string? reference = null) =>
        _host.Service<PaymentChecks>()
            .CloseAsync(Priya, HistoryRecord.Of(payment), isCharged, reference, isCharged ? null : "not there", default);

    private async Task<IReadOnlyList<HistoryRecord>> OpenAsync(CurrentUser viewer) =>
        (await History.NeedCheckingAsync(viewer, default)).Records;
}
