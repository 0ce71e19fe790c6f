using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>Sync fails during a payment and recovers: the payment continues.</summary>
public sealed class SyncDownDuringPaymentTests : OutageTests
{
    [Theory]
    [InlineData(Outage.Refused)]
    [InlineData(Outage.Errors)]
    [InlineData(Outage.Silence)]
    [InlineData(Outage.Throttled)]
    public async Task Payment_SyncGoesInTheMiddleOfTheCardNumber_GoesOnAndIsChargedOnce(Outage outage)
    {
        await StartAsync();
        var call = await TakeCallAsync();
        var payment = await StartPaymentAsync();
        await TypeAsync(call, PaymentsLab.GoodCard[..8]);

        await SyncFailsAsync(outage);
        await TypeAsync(call, PaymentsLab.GoodCard[8..]);
        await SeesAsync(Delayed);
        await World.PassAsync(30);
        await AllIsWellAsync();
        await SeesNoMoreAsync(Delayed);

        await EnterCardAsync(call, payment, CaptureField.ExpirationDate);
        await PressAsync("Take 42.50 USD");
        await SeesAsync("Paid", "Visa ending 1111");
        (await ChargesAsync()).ShouldBe(1);
        (await RecordedAsync(payment, "success")).LastFour.ShouldBe("1111");
        await World.PassUntilAsync(() => Task.FromResult(IsNothingWaiting));
    }

    [Theory]
    [InlineData(Outage.Refused)]
    [InlineData(Outage.Errors)]
    [InlineData(Outage.Silence)]
    [InlineData(Outage.Throttled)]
    public async Task Payment_SyncGoesBeforeTheOutcomeComes_IsPaidOnceAndRecordedOnceSyncIsBack(Outage outage)
    {
        await StartAsync();
        var call = await TakeCallAsync();
        var payment = await StartPaymentAsync();
        await EnterCardAsync(call, payment);
        await World.Sandbox.Control.SetFaultsAsync(new { callbackDelayMs = 5_000 });
        await PressAsync("Take 42.50 USD");
        await World.PassUntilAsync(async () => await ChargesAsync() == 1);

        await SyncFailsAsync(outage);
        await SeesAsync(Delayed);
        await World.PassAsync(30);
        await AllIsWellAsync();

        await SeesAsync("Paid", "Visa ending 1111");
        await SeesNoMoreAsync(Delayed);
        (await ChargesAsync()).ShouldBe(1);
        (await RecordedAsync(payment, "success")).LastFour.ShouldBe("1111");
        await World.PassUntilAsync(() => Task.FromResult(IsNothingWaiting));
    }
}
