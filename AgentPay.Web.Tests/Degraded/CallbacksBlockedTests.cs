using AgentPay.Web.Tests.Payments;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>No callback arrives, because of a firewall or a wrong public address.</summary>
public sealed class CallbacksBlockedTests : OutageTests
{
    [Fact]
    public async Task Capture_CallbacksBlocked_StandsAtTheFieldAndIsCancelledAfterItsWindow()
    {
        await StartAsync(("Payments:CaptureWindow", "00:01:00"));
        var call = await TakeCallAsync();
        var payment = await StartPaymentAsync();
        await BlockAsync();

        await TypeAsync(call, PaymentsLab.GoodCard);
        await World.PassAsync(20);
        Screen.Text.ShouldContain("Card number Waiting");
        await SeesAsync("It took too long to enter the card, so the payment was closed.", "The customer has not been charged.");

        (await ChargesAsync()).ShouldBe(0);
        await RecordedAsync(payment, "capture-window-over");
        // Twilio has one payment at a time on a call: it has ended there as well.
        await AllIsWellAsync();
        await PressAsync("Try again");
        await SeesAsync("Card number Waiting");
    }

    [Fact]
    public async Task Outcome_CallbacksBlocked_IsUnknownAndNobodyIsToldToChargeAgain()
    {
        await StartAsync();
        var call = await TakeCallAsync();
        var payment = await StartPaymentAsync();
        await EnterCardAsync(call, payment);
        await BlockAsync();

        await PressAsync("Take 42.50 USD");
        await SeesAsync("This is taking longer than usual. Please wait; don't start another payment.");
        await SeesAsync("Result not confirmed. Do not charge again.", "Look for it in the gateway by the ids below");

        Screen.Spoken.Alert.ShouldContain("Do not charge again.");
        Screen.Offers("Try again").ShouldBeFalse();
        (await ChargesAsync()).ShouldBe(1);
        await RecordedAsync(payment, "unknown");
    }

    [Fact]
    public async Task Outcome_CallbackLate_StillCounts()
    {
        await StartAsync(("Payments:OutcomeTimeout", "00:00:20"));
        var call = await TakeCallAsync();
        var payment = await StartPaymentAsync();
        await EnterCardAsync(call, payment);
        await World.Sandbox.Control.SetFaultsAsync(new { callbackDelayMs = 50_000 });

        await PressAsync("Take 42.50 USD");
        await SeesAsync("Result not confirmed. Do not charge again.");
        await SeesAsync("Paid", "Visa ending 1111");

        Screen.Offers("Check again").ShouldBeFalse();
        (await ChargesAsync()).ShouldBe(1);
        await RecordedAsync(payment, "success");
    }

    private Task BlockAsync() => World.Sandbox.Control.SetFaultsAsync(new { callbackLoss = 1 });
}
