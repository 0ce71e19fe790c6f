using AgentPay.Web.Components.Payments;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>A start while AgentPay is busy: the panel repeats it by itself. The desk has a clock of its own.</summary>
public sealed class BusyTests(PanelDesk desk) : PanelContext(desk)
{
    private const string Stop = "Stop trying";

    [Fact]
    public async Task Start_WhileBusy_SaysSoAndStartsByItselfOnceThereIsRoom()
    {
        var (panel, _) = await WaitingAsync();
        var before = Desk.Host.Edge.Starts.Count;

        Text(panel.Find("#payment-panel")).ShouldContain("Busy: the payment starts in a few seconds.");
        await RepeatAsync();
        await RepeatAsync();
        Desk.Host.Edge.Starts.Count.ShouldBe(before);

        await Clock.TimerAsync(DeskAnswer.BusyWait);
        Desk.Lab.Clock.Advance(SyncBudget.Window);
        await RepeatAsync();
        panel.WaitForAssertion(() => panel.Find("[data-row]"));

        Desk.Host.Edge.Starts.Count.ShouldBe(before + 1);
        panel.HasRole("button", Stop).ShouldBeFalse();
    }

    [Fact]
    public async Task Stop_Pressed_EndsTheRepetition()
    {
        var (panel, _) = await WaitingAsync();

        panel.Press(Stop);

        await NothingStartsAsync(panel);
    }

    [Fact]
    public async Task Form_ChangedDuringTheWait_EndsTheRepetition()
    {
        var (panel, _) = await WaitingAsync();

        panel.Enter("Amount", "12.00");

        await NothingStartsAsync(panel);
    }

    [Fact]
    public async Task Call_ThatEndsDuringTheWait_EndsTheRepetition()
    {
        var (panel, call) = await WaitingAsync();

        panel.Render(parameters => parameters.Add(shown => shown.Call, CallOf(call, CallStatus.Completed)));

        await NothingStartsAsync(panel);
    }

    [Fact]
    public async Task Start_PressedAgainDuringTheWait_OpensOnePayment()
    {
        var (panel, _) = await WaitingAsync();
        var before = Desk.Host.Edge.Starts.Count;
        Desk.Lab.Clock.Advance(SyncBudget.Window);

        PressPrimary(panel);
        panel.WaitForAssertion(() => panel.Find("[data-row]"));
        for (var tries = 0; tries < 3; tries++) Advance(DeskAnswer.BusyWait);

        Desk.Host.Edge.Starts.Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task Start_BusyForMinutes_IsLeftToTheAgent()
    {
        var (panel, _) = await WaitingAsync();

        for (var repeats = 0; repeats < PaymentPanel.MaxRepeats; repeats++) await RepeatAsync();

        panel.WaitForAssertion(() => panel.HasRole("button", Stop).ShouldBeFalse());
        Text(panel.Find("#payment-panel")).ShouldContain("Busy: try again in a few seconds.");
    }

    private async Task<(IRenderedComponent<PaymentPanel> Panel, CallSid Call)> WaitingAsync()
    {
        var call = CallSid.Parse(await Desk.Lab.CallAsync());
        var panel = ShowForm(call);
        await Desk.Host.Service<SyncBudget>().FillAsync(PaymentRecords.PayMap);
        PressPrimary(panel);
        return (Until(panel, shown => shown.FindByRole("button", Stop)), call);
    }

    private async Task RepeatAsync()
    {
        await Clock.TimerAsync(DeskAnswer.BusyWait);
        Advance(DeskAnswer.BusyWait);
    }

    /// <summary>Although there is room again.</summary>
    private async Task NothingStartsAsync(IRenderedComponent<PaymentPanel> panel)
    {
        var before = Desk.Host.Edge.Starts.Count;
        panel.WaitForAssertion(() => panel.HasRole("button", Stop).ShouldBeFalse());
        Desk.Lab.Clock.Advance(SyncBudget.Window);

        for (var tries = 0; tries < 3; tries++) Advance(DeskAnswer.BusyWait);

        await Desk.Host.IdleAsync();
        Desk.Host.Edge.Starts.Count.ShouldBe(before);
    }
}
