using AgentPay.Web.Outages;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Outages;

/// <summary>Which outcomes count as failures of which service.</summary>
[Collection(TimePasses.Name), Trait("Category", TimePasses.Name)]
public sealed class OutageWatchTests : IAsyncLifetime
{
    private const string MalformedCard = "4000000000000119";

    private readonly PaymentsLab _lab = new();
    private PaymentsHost _host = null!;

    public async Task InitializeAsync()
    {
        await _lab.InitializeAsync();
        _host = await _lab.StartInstanceAsync();
    }

    public Task DisposeAsync() => _lab.DisposeAsync();

    [Theory]
    [InlineData("success", null, null, true)]
    [InlineData("payment-connector-error", 64008, "card_declined", true)]
    [InlineData("payment-connector-error", 64002, "gateway_unavailable", false)]
    [InlineData("payment-connector-error", 64002, null, false)]
    [InlineData("payment-connector-error", 64009, null, false)]
    [InlineData("payment-connector-error", null, null, false)]
    [InlineData("payment-connector-error", 20003, null, null)]
    [InlineData("payment-connector-error", 64003, null, null)]
    [InlineData("caller-hung-up", null, null, null)]
    [InlineData("transaction-cancelled", null, null, null)]
    public void GatewayAnswer_OfAnOutcome_SaysWhetherTheGatewayWorks(string result, int? code, string? connectorError, bool? expected)
    {
        var ended = APayment.Callback(100, callback => callback with { Outcome = new(result, code, ConnectorError: connectorError) });

        GatewayAnswer.Of(APayment.Submitting().Apply(ended)).ShouldBe(expected);
    }

    [Fact]
    public void GatewayAnswer_NoOutcomeOrNotOver_IsAFailureOrNothing()
    {
        GatewayAnswer.Of(APayment.Unknown()).ShouldBe(false);
        GatewayAnswer.Of(APayment.Submitting()).ShouldBeNull();
    }

    [Fact]
    public async Task Gateway_ThreePaymentsWithoutAResult_IsFailingUntilOneIsPaid()
    {
        for (var payment = 0; payment < OutageMonitor.Threshold; payment++)
        {
            Outages.ShouldBeEmpty();
            await PayAsync(MalformedCard);
        }

        Outages.ShouldBe([Dependency.Gateway]);
        await PayAsync(PaymentsLab.GoodCard);
        Outages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sync_NotResponding_IsFailingUntilItAnswers()
    {
        await _lab.FaultsAsync(new { syncError = 1.0 });
        await FailToReadAsync();
        _lab.Clock.Advance(OutageMonitor.ShortestOutage);
        await FailToReadAsync();
        Outages.ShouldBe([Dependency.Sync]);

        await _lab.FaultsAsync(new { });
        await _host.Maps.FetchAsync<object>(PaymentRecords.PayMap, "none", default);

        Outages.ShouldBeEmpty();
    }

    private IEnumerable<Dependency> Outages =>
        _host.Service<LiveFeed<string, OutageList>>().Latest(OutageList.Key)!.All.Select(outage => outage.Service);

    private async Task PayAsync(string card)
    {
        var call = await _lab.CallAsync();
        var payment = await _host.StartPaymentAsync(call);
        await _lab.EnterCardAsync(_host, call, payment.Id, card);
        await _host.Desk.SubmitAsync("maria", payment.Id, default);
        await _host.UntilAsync(payment.Id, session => session.IsOver);
        await _host.Outbox.WhenTriedAsync(PaymentStore.KeyOf(payment.Id));
    }

    private async Task FailToReadAsync()
    {
        for (var read = 0; read < OutageMonitor.Threshold; read++)
        {
            var reading = _host.Maps.FetchAsync<object>(PaymentRecords.PayMap, "none", default);
            await _lab.PumpAsync(reading.ContinueWith(_ => { }, TaskScheduler.Default));
            reading.IsFaulted.ShouldBeTrue();
        }
    }
}
