using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentPay.Web.Tests.Payments;

/// <summary>New payments start only while Sync can store them.</summary>
public sealed class PaymentAdmissionTests : IAsyncLifetime
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
    public async Task Start_WhileSyncHasNoRoom_IsRefusedBeforeAnythingIsWrittenOrAsked()
    {
        var call = CallSid.Parse(await _lab.CallAsync());
        await FillAsync();
        var before = await WritesAsync();

        (await StartAsync(call)).ShouldBe(DeskAnswer.Busy);

        (await WritesAsync()).ShouldBe(before);
        (await _host.Service<CallPayments>().FindAsync(call, default)).ShouldBeNull();
        _host.Edge.Starts.ShouldBeEmpty();
        _lab.Clock.Advance(SyncBudget.Window);
        PaymentsHost.Done(await StartAsync(call));
    }

    [Fact]
    public async Task Start_RepeatedWhileBusy_IsToldOfThePaymentThatRuns()
    {
        var call = CallSid.Parse(await _lab.CallAsync());
        PaymentsHost.Done(await StartAsync(call));
        await FillAsync();

        (await StartAsync(call)).ShouldBe(DeskAnswer.PaymentInProgress);
    }

    [Fact]
    public async Task Command_OnARunningPaymentWhileBusy_IsNotRefused()
    {
        var payment = PaymentsHost.Done(await StartAsync(CallSid.Parse(await _lab.CallAsync())));
        await FillAsync();

        PaymentsHost.Done(await _host.Desk.CancelAsync("maria", payment.Id, default));
    }

    // 180 writes of 200 are for new payments. A payment has two, or five where a front end drives it.
    [Theory]
    [InlineData(PaymentDriver.Server, 90)]
    [InlineData(PaymentDriver.Client, 36)]
    public void TryAdmit_MoreInTenSecondsThanSyncCanStore_AdmitsNineTenthsOfTheLimit(PaymentDriver driver, int expected)
    {
        var clock = new ManualClock();
        var admission = Admission(Budgets.New(clock), clock);
        var plan = APayment.Plan with { Driver = driver };

        Admit(admission, 100, plan).ShouldBe(expected);
        clock.Advance(SyncBudget.Window);
        Admit(admission, 100, plan).ShouldBe(expected);
    }

    [Fact]
    public void TryAdmit_AfterOneThatDidNotStart_DoesNotCountIt()
    {
        var clock = new ManualClock();
        var admission = Admission(Budgets.New(clock), clock);

        for (var start = 0; start < 100; start++) admission.TryAdmit(APayment.Plan).ShouldNotBeNull().Dispose();
    }

    [Fact]
    public void TryAdmit_WithALimitBelowOnePayment_AdmitsOneAtATime()
    {
        var clock = new ManualClock();
        CaptureField[] fields = [.. Enum.GetValues<CaptureField>(), .. Enum.GetValues<CaptureField>()];
        var plan = APayment.Plan with { Driver = PaymentDriver.Client, Fields = fields };
        var admission = Admission(Budgets.New(clock, perSecond: 1), clock);

        Admit(admission, 5, plan).ShouldBe(1);
        clock.Advance(SyncBudget.Window);
        Admit(admission, 5, plan).ShouldBe(1);
    }

    private static PaymentAdmission Admission(SyncBudget budget, ManualClock clock) =>
        new(budget, new(Budgets.Meters(), new Outbox(clock, NullLogger<Outbox>.Instance), clock), clock);

    /// <returns>How many were admitted.</returns>
    private static int Admit(PaymentAdmission admission, int payments, PaymentPlan? plan = null)
    {
        var admitted = Enumerable.Range(0, payments).Select(_ => admission.TryAdmit(plan ?? APayment.Plan))
            .OfType<PaymentAdmission.Admitted>().ToList();
        admitted.ForEach(start => start.Confirm());
        return admitted.Count;
    }

    private Task<DeskAnswer> StartAsync(CallSid call) => _host.Desk.StartAsync("maria", new(call, Amount: 5), default);

    private Task FillAsync() => _host.Service<SyncBudget>().FillAsync(PaymentRecords.PayMap);

    private async Task<int> WritesAsync() => (await _lab.StatsAsync()).GetProperty("sync").GetProperty("writes").GetInt32();
}
