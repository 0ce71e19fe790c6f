using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>Sync fails while agents wait for calls, and during calls.</summary>
public sealed class SyncDownDuringCallTests : OutageTests
{
    private const string Caller = "+61 400 000 000";

    [Theory]
    [InlineData(Outage.Refused)]
    [InlineData(Outage.Errors)]
    [InlineData(Outage.Silence)]
    [InlineData(Outage.Throttled)]
    public async Task Call_ComesInWhileSyncIsDown_IsPutThroughShownAtOnceAndRecordedOnceSyncIsBack(Outage outage)
    {
        await StartAsync();
        Open("");
        await SeesAsync("No calls right now");
        await SyncFailsAsync(outage);
        await SeesAsync(Delayed);

        var call = await World.PassUntilAsync(World.Sandbox.Control.CallInAsync());
        (await World.Sandbox.Control.StatusAsync(call)).ShouldBe("in-progress");
        await SeesAsync(Caller, Delayed);
        await PressAsync("Claim");
        await SeesAsync("The call could not be claimed. Try again in a moment.");

        await AllIsWellAsync();
        await SeesNoMoreAsync(Delayed);
        var map = World.CallsInSync(App);
        await World.PassUntilAsync(async () => (await map.FindAsync(call))?["status"] == "in-progress");
        (await map.GetAsync(call))["from"].ShouldBe(SandboxControl.Customer);
        await PressAsync("Claim");
        await SeesAsync("Yours", "Claimed by Amara Okafor");
    }

    [Theory]
    [InlineData(Outage.Refused)]
    [InlineData(Outage.Errors)]
    [InlineData(Outage.Silence)]
    [InlineData(Outage.Throttled)]
    public async Task Payment_StartedWhileSyncIsDown_IsNotStartedSaysSoAndIsOnceSyncIsBack(Outage outage)
    {
        await StartAsync();
        var call = await TakeCallAsync();
        await SyncFailsAsync(outage);

        await PressAsync("Start: 42.50 USD");
        (await SeesAsync("That didn't work. Nothing was changed. The payment service cannot be reached just now. Try again in a moment: nothing is started or charged twice."))
            .ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(14));

        await AllIsWellAsync();
        await World.PassUntilAsync(async () =>
        {
            if (Screen.Text.Contains("Card number Waiting", StringComparison.Ordinal)) return true;
            Screen.Text.ShouldNotContain("Finish or cancel it first.");
            await Screen.TryPressAsync("Start: 42.50 USD");
            return false;
        });
        await EnterCardAsync(call, InFlight.Id);
        await PressAsync("Take 42.50 USD");
        await SeesAsync("Paid");
        (await ChargesAsync()).ShouldBe(1);
    }
}
