using System.Globalization;
using AgentPay.Web.Components.Payments;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.TwilioApi;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Bunit;

namespace AgentPay.Web.Tests.Components.Payments;

/// <summary>Amounts as people type them, and what is said of what cannot be taken.</summary>
public sealed class FormTests(PanelDesk desk) : PanelContext(desk)
{
    [Theory]
    [InlineData("de-DE", "12,50", 12.50)]
    [InlineData("de-DE", "1.250,00", 1250)]
    [InlineData("de-DE", "1.250", 1250)]
    [InlineData("en-US", "12.50", 12.50)]
    [InlineData("en-US", "1,250.5", 1250.5)]
    [InlineData("fr-FR", "1 250,50", 1250.50)]
    [InlineData("de-CH", "1'250.50", 1250.50)]
    [InlineData("en-US", " 120 ", 120)]
    public void Amount_AsWrittenThere_IsRead(string culture, string text, double amount)
    {
        AmountText.TryParse(text, CultureInfo.GetCultureInfo(culture), out var read).ShouldBeTrue();

        read.ShouldBe((decimal)amount);
    }

    [Theory]
    [InlineData("de-DE", "12.50")]
    [InlineData("de-DE", "1.25")]
    [InlineData("en-US", "12,50")]
    [InlineData("en-US", "1,2500")]
    [InlineData("en-US", "-5")]
    [InlineData("en-US", "1e3")]
    [InlineData("en-US", "$5")]
    [InlineData("en-US", "")]
    [InlineData("en-US", "99999999999999999999999999999999")]
    public void Amount_AsWrittenElsewhere_IsNotRead(string culture, string text) =>
        AmountText.TryParse(text, CultureInfo.GetCultureInfo(culture), out _).ShouldBeFalse();

    [Fact]
    [InCulture("de-DE")]
    public async Task Start_InGerman_TakesWhatWasMeant()
    {
        var panel = ShowForm(CallSid.Parse(await Desk.Lab.CallAsync()), new());

        panel.Find("#amount").Input("12.50");
        Primary(panel)!.Click();
        panel.WaitForAssertion(() => panel.Find("#amount-problem").TextContent.ShouldContain("1234,50"));
        panel.Find("#amount").Input("12,50");
        Primary(panel)!.Click();

        panel.WaitForAssertion(() => panel.Find("[data-row]"));
        panel.Find("#payment-panel h2").TextContent.ShouldBe("12,50\u00a0USD");
        Desk.Host.Edge.Starts.ShouldContain(start => start.GetValueOrDefault("ChargeAmount") == "12.50");
    }

    [Theory]
    [InlineData("", "USD", "Enter the amount")]
    [InlineData("abc", "USD", "This is not an amount")]
    [InlineData("0", "USD", "more than zero")]
    [InlineData("1.005", "USD", "USD has 2 decimals at most.")]
    [InlineData("1.5", "JPY", "JPY has no decimals.")]
    [InlineData("1000000", "USD", "less than 1,000,000")]
    [InlineData("5", "US", "Three letters")]
    public void Start_OfWhatCannotBeTaken_SaysSoBesideTheField(string amount, string currency, string words)
    {
        var panel = ShowForm(draft: new());
        panel.Find("#amount").Input(amount);
        panel.Find("#currency").Input(currency);

        Primary(panel)!.Click();

        panel.WaitForAssertion(() => panel.FindAll(".problem").Select(p => p.TextContent).ShouldContain(text => text.Contains(words, StringComparison.Ordinal)));
        panel.FindAll("[data-row]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_ToSaveTheCard_ChargesNothing()
    {
        var panel = ShowForm(CallSid.Parse(await Desk.Lab.CallAsync()));

        panel.Find("input[value=token]").Change(true);
        panel.WaitForAssertion(() => Text(Primary(panel)!).ShouldBe("Start: save the card"));
        panel.FindAll("#amount").ShouldBeEmpty();
        Primary(panel)!.Click();

        panel.WaitForAssertion(() => panel.Find("[data-row]"));
        Desk.Host.Edge.Starts.Last().ContainsKey("TokenType").ShouldBeTrue();
        panel.Find("#payment-panel h2").TextContent.ShouldBe("Nothing is charged");
    }

    [Fact]
    public async Task ChangeAndTryAgain_AfterADecline_KeepsWhatWasTyped()
    {
        var (panel, _) = await ShowAsync(AgentPay.Web.Tests.Payments.APayment.Failed() with { Plan = AgentPay.Web.Tests.Payments.APayment.Plan with { Description = "Order 4711" } });

        panel.FindAll("button").Single(b => Text(b) == "Change and try again").Click();

        panel.WaitForAssertion(() => panel.Find("#amount").GetAttribute("value").ShouldBe("42.50"));
        panel.Find("#description").GetAttribute("value").ShouldBe("Order 4711");
    }

    [Fact]
    public void Values_OfADraft_AreItsOwnOrTheProfiles()
    {
        var panel = ShowForm(draft: new(9.5m, "eur", "Rates", "R-1"));

        panel.Find("#amount").GetAttribute("value").ShouldBe("9.50");
        panel.Find("#currency").GetAttribute("value").ShouldBe("EUR");
        panel.Find("#reference").GetAttribute("value").ShouldBe("R-1");
    }
}
