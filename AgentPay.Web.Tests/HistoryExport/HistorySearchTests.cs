using AgentPay.Web.HistoryExport;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Tests.Components.History;
using AgentPay.Web.Tests.TwilioApi;

namespace AgentPay.Web.Tests.HistoryExport;

public sealed class HistorySearchTests
{
    private static readonly HistoryRecord Record = ARecord.Of("jo.smith@contoso.test", new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero), amount: 1234.5m) with
    {
        Description = "Water bill",
        Caller = "+61400000009",
        AgentChanges = [new(AgentChangeKind.HandedOver, "ben@contoso.test", "jo.smith@contoso.test", default)],
    };

    [Theory]
    [InlineData("water")]
    [InlineData("Jo Smith")]
    [InlineData("ben@")]
    [InlineData("0400 000 009")]
    [InlineData("+61 400 000 009")]
    [InlineData("(400) 000-009")]
    [InlineData("1234.50")]
    [InlineData("1,234.5")]
    public void Matches_DescriptionAgentCallerOrAmount_FindsThem(string text) => new HistorySearch(text).Matches(Record).ShouldBeTrue();

    [Theory]
    [InlineData("1234.51")]
    [InlineData("0400 000 008")]
    [InlineData("Jo Smyth")]
    public void Matches_AnotherValue_FindsNothing(string text) => new HistorySearch(text).Matches(Record).ShouldBeFalse();

    [Theory]
    [InlineData("1.234,50", true)]
    [InlineData("1234,5", true)]
    [InlineData("1.234", false)]
    [InCulture("de-DE")]
    public void Matches_AnAmountUnderAGermanCulture_IsReadInGerman(string text, bool matches) => new HistorySearch(text).Matches(Record).ShouldBe(matches);

    [Theory]
    [InlineData("1,234.50 EUR", true)]
    [InlineData("eur 1234.5", true)]
    [InlineData("EUR1234.5", true)]
    [InlineData("€1,234.50", true)]
    [InlineData("1234.50\u00a0€", true)]
    [InlineData("1234.50 USD", false)]
    [InlineData("₹1234.50", false)]
    [InlineData("1234.51 EUR", false)]
    [InlineData("EUR", false)]
    public void Matches_AnAmountWithItsCurrency_FindsThatCurrencyOnly(string text, bool matches) =>
        new HistorySearch(text).Matches(Record with { Currency = "EUR" }).ShouldBe(matches);

    [Theory]
    [InlineData("1.234,50 €", true)]
    [InlineData("EUR 1234,50", true)]
    [InlineData("1.234,50 USD", false)]
    [InCulture("de-DE")]
    public void Matches_AnAmountWithItsCurrencyUnderAGermanCulture_IsReadInGerman(string text, bool matches) =>
        new HistorySearch(text).Matches(Record with { Currency = "EUR" }).ShouldBe(matches);

    [Theory]
    [InlineData("$1234.50")]
    [InlineData("¥1234.50")]
    public void Matches_AnAmountWithASignOfSeveralCurrencies_FindsAll(string text) => new HistorySearch(text).Matches(Record).ShouldBeTrue();

    [Fact]
    public void Matches_AnAmountAsItIsShown_FindsIt() =>
        new HistorySearch(Amounts.Show(1234.5m, "AUD")).Matches(Record).ShouldBeTrue();

    [Fact]
    public void Matches_ForAnAgent_KnowsTheEndOfTheCallersNumberOnly()
    {
        var masked = Record.For(new CurrentUser("id", "Jo", Record.Agent, [AgentPayRoles.Agent]));

        masked.Caller.ShouldBe("***009");
        new HistorySearch("400000009").Matches(masked).ShouldBeFalse();
        new HistorySearch("***009").Matches(masked).ShouldBeTrue();
    }
}
