using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Components.Payments;

namespace AgentPay.Web.Tests.Payments;

/// <summary>Slow-keying mode over the sandbox, on several instances.</summary>
public sealed class SlowKeyingJourneyTests(PanelDesk desk) : IClassFixture<PanelDesk>
{
    private readonly PaymentsLab _lab = desk.Lab;

    private static readonly TimeSpan SixSeconds = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Start_InSlowKeyingMode_LeavesTwentySecondsBetweenKeys()
    {
        var (host, call) = (await _lab.StartInstanceAsync(), await _lab.CallAsync());

        var answer = await host.Desk.StartAsync("maria", new(CallSid.Parse(call), Amount: 12.5m) { IsSlow = true }, default);

        host.Edge.Starts.Last()["Timeout"].ToString().ShouldBe("20");
        var payment = PaymentsHost.Done(answer).Id;
        await _lab.EnterAsync(host, call, payment, CaptureField.PaymentCardNumber, "4111");
        _lab.Clock.Advance(SixSeconds);
        await _lab.PressAsync(call, "111111111111");
        await host.UntilAsync(payment, s => s.Current == CaptureField.ExpirationDate);
    }

    [Fact]
    public async Task SlowDown_OnOneInstance_IsKnownToTheOtherAndToTheNextStart()
    {
        var (first, second, call) = (await _lab.StartInstanceAsync(), await _lab.StartInstanceAsync(), await _lab.CallAsync());
        var payment = await first.StartPaymentAsync(call);
        first.Edge.Starts.Last().ShouldNotContainKey("Timeout");

        PaymentsHost.Done(await first.Desk.SlowDownAsync(payment.Agent, payment.Id, default)).IsSlow.ShouldBeTrue();

        PaymentsHost.Done(await first.Desk.SlowDownAsync(payment.Agent, payment.Id, default)).IsSlow.ShouldBeTrue();
        (await second.Flow.RefreshAsync(payment.Id, default))!.IsSlow.ShouldBeTrue();
        await second.Desk.CancelAsync(payment.Agent, payment.Id, default);
        await second.UntilAsync(payment.Id, s => s.Phase == PaymentPhase.Cancelled);
        var again = PaymentsHost.Done(await _lab.PumpAsync(second.Desk.StartAgainAsync(payment.Agent, payment.Id, default)));
        (again.IsSlow, again.Plan.PauseBetweenKeys).ShouldBe((true, TimeSpan.FromSeconds(20)));
        second.Edge.Starts.Last()["Timeout"].ToString().ShouldBe("20");
    }

    [Fact]
    public async Task SlowDown_OfAnotherAgentsPayment_IsRefused()
    {
        var host = await _lab.StartInstanceAsync();
        var payment = await host.StartPaymentAsync(await _lab.CallAsync());

        (await host.Desk.SlowDownAsync("ben", payment.Id, default)).ShouldBe(DeskAnswer.NotYours);
    }
}
