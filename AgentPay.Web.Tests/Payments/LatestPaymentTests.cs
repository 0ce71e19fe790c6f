using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Payments;

/// <summary>The payment that a newly opened screen of a call shows.</summary>
public sealed class LatestPaymentTests : IAsyncLifetime
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
    public async Task LatestAsync_NothingPaidFor_IsNotFound() =>
        (await LatestAsync(await _lab.CallAsync(), "maria")).ShouldBe(DeskAnswer.NotFound);

    [Theory]
    [InlineData("maria", false, true)]
    [InlineData("joe", false, false)]
    [InlineData("joe", true, true)]
    public async Task LatestAsync_UnderWay_IsForItsAgentAndSupervisors(string agent, bool isSupervisor, bool isShown)
    {
        var call = await _lab.CallAsync();
        var payment = await _host.StartPaymentAsync(call);

        var answer = await LatestAsync(call, agent, isSupervisor);

        if (isShown) PaymentsHost.Done(answer).Id.ShouldBe(payment.Id);
        else answer.ShouldBe(DeskAnswer.NotYours);
    }

    [Fact]
    public async Task LatestAsync_BegunOnAnotherInstance_IsFound()
    {
        var call = await _lab.CallAsync();
        var payment = await _host.StartPaymentAsync(call);
        var other = await _lab.StartInstanceAsync();

        PaymentsHost.Done(await other.Desk.LatestAsync(Agents.Agent("maria"), CallSid.Parse(call), null, default)).Id.ShouldBe(payment.Id);
    }

    [Fact]
    public async Task LatestAsync_AnothersThatIsOver_LeavesTheWayFree()
    {
        var call = await _lab.CallAsync();
        var payment = await _host.StartPaymentAsync(call);
        await _host.Desk.CancelAsync("maria", payment.Id, default);
        await _host.UntilAsync(payment.Id, s => s.IsFinal);

        (await LatestAsync(call, "joe")).ShouldBe(DeskAnswer.NotFound);
        PaymentsHost.Done(await LatestAsync(call, "maria")).Id.ShouldBe(payment.Id);
    }

    private Task<DeskAnswer> LatestAsync(string call, string agent, bool isSupervisor = false) =>
        _host.Desk.LatestAsync(isSupervisor ? Agents.Supervisor(agent) : Agents.Agent(agent), CallSid.Parse(call), null, default);
}
