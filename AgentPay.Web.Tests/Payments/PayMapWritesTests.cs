using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Payments;

/// <summary>How often a payment is written to <c>payMap</c>, whose writes all payments share.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class PayMapWritesTests : IAsyncLifetime
{
    private readonly PaymentsLab _lab = new();

    public Task InitializeAsync() => _lab.InitializeAsync();

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Payment_ThatTheConsoleDrives_IsWrittenAtTheStartAndAtTheEnd()
    {
        var host = await _lab.StartInstanceAsync();
        var (call, before) = (await _lab.CallAsync(), await WritesAsync());
        var payment = (await host.StartPaymentAsync(call)).Id;
        await _lab.EnterCardAsync(host, call, payment);
        var ready = host.Service<PaymentStore>().Known(payment)!;
        (await _lab.PumpAsync(_lab.PayMapAsync(host, ready))).ShouldNotBeNull().GetProperty("status").GetString().ShouldBe("capturing");

        await host.Desk.SubmitAsync("maria", payment, default);
        var paid = await host.UntilAsync(payment, session => session.IsOver);
        await _lab.HistoryAsync(host, paid);

        (await _lab.PayMapAsync(host, paid)).ShouldNotBeNull().GetProperty("status").GetString().ShouldBe("succeeded");
        (await WritesAsync() - before).ShouldBe(2);
    }

    private async Task<int> WritesAsync() =>
        (await _lab.StatsAsync()).GetProperty("sync").GetProperty("objects").GetProperty("map:payMap").GetProperty("writes").GetInt32();
}
