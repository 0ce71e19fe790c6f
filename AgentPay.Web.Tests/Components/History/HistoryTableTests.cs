using AgentPay.Web.Components.History;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.TwilioApi;
using Bunit;

namespace AgentPay.Web.Tests.Components.History;

public sealed class HistoryTableTests : ConsoleContext
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Table_ForAnAgent_HasNoColumnOfAgents()
    {
        Table([ARecord.Of(ARecord.Amara, At)]).Markup.ShouldNotContain(ARecord.Amara);
        Table([ARecord.Of(ARecord.Amara, At)], showsAgents: true).Markup.ShouldContain(ARecord.Amara);
    }

    [Theory]
    [InlineData("success", "Succeeded")]
    [InlineData("payment-connector-error", "Declined")]
    [InlineData("transaction-cancelled", "Cancelled")]
    [InlineData("caller-hung-up", "Call ended")]
    [InlineData("not-started", "Not started")]
    [InlineData("capture-window-over", "Timed out")]
    [InlineData("unknown", "Unknown: to check")]
    [InlineData("validation-error", "Failed")]
    public void Row_Result_IsSaidInAWord(string result, string word) =>
        Table([ARecord.Of(ARecord.Amara, At, result)]).Find(".record .chip").TextContent.ShouldEndWith(word);

    [Fact]
    public void Row_OfAnUnknownOutcome_StandsOutAndSaysNotToChargeAgain()
    {
        var table = Table([ARecord.Of(ARecord.Amara, At, "unknown"), ARecord.Of(ARecord.Amara, At)]);
        table.FindAll(".to-check").Count.ShouldBe(1);

        table.Find(".to-check .more").Click();

        table.Find(".details:not([hidden])").TextContent.ShouldContain("Do not charge again");
    }

    [Fact]
    public void Row_Unfolded_ShowsItsSidsAndSaysSoToScreenReaders()
    {
        var record = ARecord.Of(ARecord.Amara, At);
        var table = Table([record]);
        table.Markup.ShouldNotContain(record.Call.ToString());

        table.Find(".more").Click();

        var more = table.Find(".more");
        more.GetAttribute("aria-expanded").ShouldBe("true");
        var details = table.Find("#" + more.GetAttribute("aria-controls")).TextContent;
        foreach (var id in (string[])[record.Call.ToString(), record.Payment.ToString()!, record.Id.ToString(), record.Confirmation!]) details.ShouldContain(id);
    }

    [Fact]
    [InCulture("de-DE")]
    public void Row_InAGermanBrowser_ShowsAmountsAndTimesAsGermansWriteThem()
    {
        var row = Table([ARecord.Of(ARecord.Amara, At.AddHours(6), amount: 1234.5m)]).Find(".record").TextContent;

        row.ShouldContain("1.234,50\u00a0AUD");
        row.ShouldContain("15:00:00");
    }

    [Fact]
    public void Row_OfAToken_ShowsNoAmountAndTheTokenShortened()
    {
        var row = Table([ARecord.Of(ARecord.Amara, At, amount: null)]).Find(".record");

        row.QuerySelector(".amount")!.TextContent.Trim().ShouldBe("Token");
        row.QuerySelector("code")!.TextContent.ShouldBe("tok_01…abcdef");
    }

    [Fact]
    public void Table_OfManyPayments_ShowsAPageAndTurnsIt()
    {
        var table = Table([.. Enumerable.Range(0, 120).Select(minute => ARecord.Of(ARecord.Amara, At.AddMinutes(-minute)))]);
        table.FindAll(".record").Count.ShouldBe(HistoryTable.PageSize);
        table.Find(".pages").TextContent.ShouldContain("1 to 50 of 120");

        table.FindAll(".pages button")[1].Click();
        table.FindAll(".pages button")[1].Click();

        table.FindAll(".record").Count.ShouldBe(20);
        table.Find(".pages").TextContent.ShouldContain("101 to 120 of 120");
        table.FindAll(".pages button")[1].HasAttribute("disabled").ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, "1 payment")]
    [InlineData(2, "2 payments")]
    public void Totals_CountThePayments(int count, string words)
    {
        var totals = RenderFor<HistoryTotals>(Amara, p => p.Add(t => t.Records, [.. Enumerable.Range(0, count).Select(_ => ARecord.Of(ARecord.Amara, At))]));

        totals.Find(".taken .quiet").TextContent.ShouldBe(words);
    }

    [Fact]
    public void Chart_OfADay_SaysTheNumbersInWordsAndInATable()
    {
        var chart = RenderFor<OutcomeChart>(Amara, p => p
            .Add(c => c.Records, [ARecord.Of(ARecord.Amara, At), ARecord.Of(ARecord.Amara, At), ARecord.Of(ARecord.Amara, At.AddHours(1), "unknown")])
            .Add(c => c.Day, new HistoryDay(new(2026, 11, 22), TimeZoneInfo.Utc)));

        chart.Find("[role=img]").GetAttribute("aria-label")!.ShouldContain("Succeeded 2, Declined or failed 0, Cancelled 0, Unknown: to check 1");
        chart.FindAll("tbody tr").Select(row => string.Join(' ', row.QuerySelectorAll("td").Select(cell => cell.TextContent))).ShouldBe(["0 0 0 2", "1 0 0 0"]);
    }

    [Fact]
    [InCulture("de-DE")]
    public void Chart_InAGermanBrowser_HasHeightsThatStyleSheetsUnderstand()
    {
        var chart = RenderFor<OutcomeChart>(Amara, p => p
            .Add(c => c.Records, [.. Enumerable.Range(0, 3).Select(_ => ARecord.Of(ARecord.Amara, At)), ARecord.Of(ARecord.Amara, At.AddHours(1))])
            .Add(c => c.Day, new HistoryDay(new(2026, 11, 22), TimeZoneInfo.Utc)));

        chart.FindAll(".bar").Select(bar => bar.GetAttribute("style")).ShouldContain("height: 33.33%");
    }

    private IRenderedComponent<HistoryTable> Table(IReadOnlyList<HistoryRecord> records, bool showsAgents = false) =>
        RenderFor<HistoryTable>(Amara, p => p.Add(t => t.Records, records).Add(t => t.ShowsAgents, showsAgents));
}
