using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Payments;

/// <summary>While the outcome of a payment is unknown, no new payment can be started on the call, by any user or screen.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class UnknownOutcomeTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> Hasty = new() { ["Payments:OutcomeTimeout"] = "00:00:15" };

    private readonly PaymentsLab _lab = new();
    private PaymentsHost _host = null!;
    private PaymentsHost _other = null!;
    private PaymentId _payment;
    private string _call = "";

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        (_host, _other, _call) = (await _lab.StartInstanceAsync(Hasty), await _lab.StartInstanceAsync(Hasty), await _lab.CallAsync());
        _lab.Door.Remove(_other.Url);
        _payment = (await _host.StartPaymentAsync(_call)).Id;
        await _lab.EnterCardAsync(_host, _call, _payment);
        await _lab.FaultsAsync(new { callbackDelayMs = 40_000 });
        await _host.Desk.SubmitAsync("maria", _payment, default);
        _lab.Clock.Advance(TimeSpan.FromSeconds(16));
        await _lab.PumpAsync(_host.LookAsync());
        (await _host.UntilAsync(_payment, s => s.IsOver)).Phase.ShouldBe(PaymentPhase.Unknown);
        await _other.Flow.RefreshAsync(_payment, default);
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Theory]
    [InlineData("maria")]
    [InlineData("joe")]
    public async Task Start_AfterIt_IsRefusedEverywhere(string agent)
    {
        foreach (var host in new[] { _host, _other })
            (await host.Desk.StartAsync(agent, new(CallSid.Parse(_call), Amount: 5), default)).ShouldBe(DeskAnswer.OutcomeUnknown);

        PaymentsHost.Done(await _other.Desk.LatestAsync(Agents.Agent("maria"), CallSid.Parse(_call), null, default)).Id.ShouldBe(_payment);
    }

    [Fact]
    public async Task Start_OnceItHasComeElsewhere_IsFree()
    {
        (await _lab.PumpAsync(_host.UntilAsync(_payment, s => s.IsFinal))).Phase.ShouldBe(PaymentPhase.Succeeded);

        PaymentsHost.Done(await _lab.PumpAsync(_other.Desk.StartAsync("maria", new(CallSid.Parse(_call), Amount: 5), default))).Id
            .ShouldNotBe(_payment);
    }
}
