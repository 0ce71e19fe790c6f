using AgentPay.Web.Tests.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Tests.Degraded;

/// <summary>
/// Twilio's API fails during each action of the agent and recovers: the agent is told, the payment continues and is charged once.
/// </summary>
public sealed class TwilioDownTests : OutageTests
{
    private const string Silent = "Twilio has not answered yet.";

    /// <summary>So that there is less time to pass.</summary>
    private static readonly (string, string)[] Impatient = [("Payments:CaptureWindow", "00:00:50"), ("Payments:OutcomeTimeout", "00:00:20")];

    [Theory]
    [InlineData(Outage.Refused)]
    [InlineData(Outage.Errors)]
    [InlineData(Outage.Silence)]
    public async Task Start_TwilioComesLater_SaysSoAndGoesOnByItself(Outage outage)
    {
        await StartAsync();
        var call = await TakeCallAsync();
        TwilioFails(outage);

        await PressAsync("Start: 42.50 USD");
        await SeesAsync("Starting…", Silent, "Nothing is opened twice or charged.");
        await AllIsWellAsync();

        await SeesAsync("Card number Waiting");
        Screen.Text.ShouldNotContain(Silent);
        await IsPaidOnceAsync(call);
    }

    [Fact]
    public async Task Start_TwiliosNameResolvesLater_SaysSoAndGoesOnByItself()
    {
        using var name = new LateName("api.invalid");
        await StartAsync(("Twilio:ApiBaseUrl", "http://api.invalid/sandbox/twilio"));
        var call = await TakeCallAsync();

        await PressAsync("Start: 42.50 USD");
        await SeesAsync("Starting…", Silent);
        name.Resolve(World.Sandbox.Url);

        await SeesAsync("Card number Waiting");
        await IsPaidOnceAsync(call);
    }

    [Theory]
    [InlineData(Outage.Refused)]
    [InlineData(Outage.Errors)]
    [InlineData(Outage.Silence)]
    public async Task Start_TwilioNeverAnswers_IsGivenUpWithoutACharge(Outage outage)
    {
        await StartAsync(Impatient);
        await TakeCallAsync();
        TwilioFails(outage);

        await PressAsync("Start: 42.50 USD");
        await SeesAsync("Twilio could not open the payment.", "The customer has not been charged.");

        (await ChargesAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(Outage.Refused)]
    [InlineData(Outage.Errors)]
    [InlineData(Outage.Silence)]
    public async Task Take_TwilioComesLater_SaysSoAndIsChargedOnce(Outage outage)
    {
        await StartAsync();
        var call = await TakeCallAsync();
        var payment = await StartPaymentAsync();
        await EnterCardAsync(call, payment);
        TwilioFails(outage);

        await PressAsync("Take 42.50 USD");
        await SeesAsync("Taking 42.50 USD…", "This is taking longer than usual. Please wait; don't start another payment.");
        await AllIsWellAsync();

        await SeesAsync("Paid", "Visa ending 1111");
        (await ChargesAsync()).ShouldBe(1);
        (await RecordedAsync(payment, "success")).LastFour.ShouldBe("1111");
    }

    [Theory]
    [InlineData(Outage.Refused)]
    [InlineData(Outage.Errors)]
    [InlineData(Outage.Silence)]
    public async Task Take_TwilioNeverAnswers_IsUnknownAndIsNotOfferedAgain(Outage outage)
    {
        await StartAsync(Impatient);
        var call = await TakeCallAsync();
        var payment = await StartPaymentAsync();
        await EnterCardAsync(call, payment);
        TwilioFails(outage);

        await PressAsync("Take 42.50 USD");
        await SeesAsync("Result not confirmed. Do not charge again.", "Look for it in the gateway by the ids below");

        Screen.Offers("Take 42.50 USD").ShouldBeFalse();
        Screen.Offers("Try again").ShouldBeFalse();
        (await ChargesAsync()).ShouldBe(0);
        await RecordedAsync(payment, "unknown");
    }

    [Theory]
    [InlineData(Outage.Refused)]
    [InlineData(Outage.Errors)]
    [InlineData(Outage.Silence)]
    public async Task Ask_TwilioComesLater_SaysSoAndGoesOnByItself(Outage outage)
    {
        await StartAsync();
        var call = await TakeCallAsync();
        await StartPaymentAsync();
        TwilioFails(outage);

        await TypeAsync(call, PaymentsLab.GoodCard);
        await SeesAsync(Silent, "Ask the caller to wait before entering the expiry date", "“One moment please.");
        await AllIsWellAsync();

        await SeesNoMoreAsync(Silent);
        await IsPaidOnceAsync(call, CaptureField.ExpirationDate);
    }

    [Theory]
    [InlineData(Outage.Refused)]
    [InlineData(Outage.Errors)]
    [InlineData(Outage.Silence)]
    public async Task Cancel_TwilioComesLater_SaysSoAndIsCancelledThere(Outage outage)
    {
        await StartAsync();
        await TakeCallAsync();
        await StartPaymentAsync();
        TwilioFails(outage);

        await PressAsync("Cancel the payment");
        await SeesAsync("Cancelling…", Silent, "Nothing will be charged.");
        await AllIsWellAsync();

        await SeesAsync("The payment was cancelled.", "The customer has not been charged.");
        await PressAsync("Try again");
        await SeesAsync("Card number Waiting");
    }

    private async Task IsPaidOnceAsync(string call, CaptureField from = CaptureField.PaymentCardNumber)
    {
        await EnterCardAsync(call, InFlight.Id, from);
        await PressAsync("Take 42.50 USD");
        await SeesAsync("Paid", "Visa ending 1111");
        (await ChargesAsync()).ShouldBe(1);
    }
}
