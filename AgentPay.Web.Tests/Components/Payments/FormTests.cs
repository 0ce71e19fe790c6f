using AgentPay.Web.Components.Payments;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.TwilioApi;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using AgentPay.Web.Tests.Support;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>The form: its values, its problems and the payment that it starts.</summary>
public sealed class FormTests(PanelDesk desk) : PanelContext(desk)
{
    [Fact]
    [InCulture("de-DE")]
    public async Task Start_InGerman_TakesWhatWasMeant()
    {
        var panel = ShowForm(CallSid.Parse(await Desk.Lab.CallAsync()), new());

        panel.Enter("Amount", "12.50");
        PressPrimary(panel);
        panel.WaitForAssertion(() => panel.Markup.ShouldContain("Write it as 1234,50."));
        panel.Enter("Amount", "12,50");
        PressPrimary(panel);

        panel.WaitForAssertion(() => panel.Find("[data-row]"));
        panel.Find("#payment-panel h2").TextContent.ShouldBe("12,50\u00a0USD");
        Desk.Host.Edge.Starts.ShouldContain(start => start.GetValueOrDefault("ChargeAmount") == "12.50");
    }

    [Theory]
    [InlineData("", "USD", "Enter the amount")]
    [InlineData("abc", "USD", "This is not an amount")]
    [InlineData("0", "USD", "more than zero")]
    [InlineData("10.0055", "USD", "USD has 2 decimals at most.")]
    [InlineData("1.234", "USD", "This could mean 1234.00 or 1.234. Write 1234.00 or 1.23.")]
    [InlineData("1.5", "JPY", "JPY has no decimals.")]
    [InlineData("1000000", "USD", "less than 1,000,000")]
    [InlineData("5", "US", "Three letters")]
    public void Start_OfWhatCannotBeTaken_SaysSoBesideTheField(string amount, string currency, string words)
    {
        var panel = ShowForm(draft: new());
        panel.Enter("Amount", amount);
        panel.Enter("Currency", currency);

        PressPrimary(panel);

        panel.WaitForAssertion(() => panel.Find("#payment-form").TextContent.ShouldContain(words));
        panel.FindAll("input[aria-invalid=true]").ShouldHaveSingleItem();
        panel.FindAll("[data-row]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_ToSaveTheCard_ChargesNothing()
    {
        var panel = ShowForm(CallSid.Parse(await Desk.Lab.CallAsync()));

        panel.Choose("Save the card without charging it");
        panel.WaitForAssertion(() => Text(Primary(panel)!).ShouldBe("Start: save the card"));
        panel.FindAll("[inputmode=decimal]").ShouldBeEmpty();
        PressPrimary(panel);

        panel.WaitForAssertion(() => panel.Find("[data-row]"));
        Desk.Host.Edge.Starts.Last().ContainsKey("TokenType").ShouldBeTrue();
        panel.Find("#payment-panel h2").TextContent.ShouldBe("Nothing is charged");
    }

    [Fact]
    public async Task EditAndTryAgain_AfterADecline_KeepsWhatWasTyped()
    {
        var (panel, _) =
            await ShowAsync(
            AgentPay.Web.Tests.Payments.APayment.Failed() with { Plan = AgentPay.Web.Tests.Payments.APayment.Plan with { Description = "Order 4711" } });

        panel.Press("Edit and try again");

        panel.WaitForAssertion(() => panel.FindByLabel("Amount").GetAttribute("value").ShouldBe("42.50"));
        panel.FindByLabel("Description (optional)").GetAttribute("value").ShouldBe("Order 4711");
    }

    [Fact]
    public async Task Start_WithWhatLooksLikeACardNumber_GoesOnOnceTheAgentSaysThatItIsNone()
    {
        var panel = ShowForm(CallSid.Parse(await Desk.Lab.CallAsync()), new(42.50m, Reference: "4111111111111111"));
        PressPrimary(panel);
        panel.WaitForAssertion(() => panel.FindByLabel("This is not a card number"));
        panel.FindAll("[data-row]").ShouldBeEmpty();

        panel.Change("This is not a card number", true);
        panel.WaitForAssertion(() => panel.FindByLabel("This is not a card number").HasAttribute("aria-invalid").ShouldBeFalse());
        PressPrimary(panel);

        panel.WaitForAssertion(() => panel.Find("[data-row]"));
    }

    [Fact]
    public async Task Details_OfAPaymentWithConnectorOutputs_NameThem()
    {
        var outcome = new PaymentOutcome("success",
            Confirmation: "ch_1") { Outputs = new Dictionary<string, string> { ["auth_code"] = "A-991" } };
        var (panel, _) = await ShowAsync(AgentPay.Web.Tests.Payments.APayment.Succeeded() with { Outcome = outcome });

        var details = panel.Find("details");
        Text(details).ShouldContain("auth_code");
        Text(details).ShouldContain("A-991");
    }

    [Fact]
    public void Values_OfADraft_AreItsOwnOrTheProfiles()
    {
        var panel = ShowForm(draft: new(9.5m, "eur", "Rates", "R-1"));

        panel.FindByLabel("Amount").GetAttribute("value").ShouldBe("9.50");
        panel.FindByLabel("Currency").GetAttribute("value").ShouldBe("EUR");
        panel.FindByLabel("Reference (optional)").GetAttribute("value").ShouldBe("R-1");
    }
}
