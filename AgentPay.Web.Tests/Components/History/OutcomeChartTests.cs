using AgentPay.Web.Components.History;
using AgentPay.Web.HistoryExport;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.TwilioApi;
using Bunit;
using MudBlazor;

namespace AgentPay.Web.Tests.Components.History;

public sealed class OutcomeChartTests : ConsoleContext
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Chart_OfADay_HasTheNumbersInItsLabelAndInATable()
    {
        var chart = Chart(ARecord.Of(ARecord.Amara, At), ARecord.Of(ARecord.Amara, At),
            ARecord.Of(ARecord.Amara, At.AddHours(1), "unknown"));

        chart.Find("[role=img]").GetAttribute("aria-label")!
            .ShouldContain("Succeeded 2, Declined or failed 0, Cancelled 0, Needs checking 1");
        chart.FindAll("tbody tr").Select(row => string.Join(' ', row.QuerySelectorAll("th, td").Select(cell => cell.TextContent)))
            .ShouldBe(["09:00 2 0 0 0", "10:00 0 0 0 1"]);
    }

    [Fact]
    public void Chart_OfEachKindOfResult_HasItsPattern()
    {
        var chart = Chart(ARecord.Of(ARecord.Amara, At), ARecord.Of(ARecord.Amara, At, "validation-error"),
            ARecord.Of(ARecord.Amara, At, "transaction-cancelled"), ARecord.Of(ARecord.Amara, At, "unknown"));

        var options = (StackedBarChartOptions)chart.FindComponent<MudChart<double>>().Instance.ChartOptions!;
        chart.FindAll("pattern").Select(pattern => $"url(#{pattern.Id})").ShouldBe(options.ChartPalette);
        options.ChartPalette.Length.ShouldBe(4);
    }

    [Fact]
    [InCulture("de-DE")]
    public void Chart_OfTwoHours_ShowsTheWholeDayWithGermanLabels()
    {
        var chart = Chart(ARecord.Of(ARecord.Amara, At), ARecord.Of(ARecord.Amara, At.AddHours(1)))
            .FindComponent<MudChart<double>>().Instance;

        chart.ChartLabels.Where(label => label.Length > 0).ShouldBe(["00", "03", "06", "09", "12", "15", "18", "21"]);
        chart.ChartSeries.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(1, "1 payment")]
    [InlineData(2, "2 payments")]
    public void Totals_OfOneCurrency_CountThePayments(int count, string words)
    {
        var totals = RenderFor<HistoryTotals>(Amara, p =>
            p.Add(t => t.Summary, ARecord.Summary([.. Enumerable.Range(0, count).Select(_ => ARecord.Of(ARecord.Amara, At))])));

        totals.FindAll("p").ShouldContain(line => line.TextContent == words);
    }

    [Fact]
    public void Totals_WithSavedCardsAndDoubts_NameThem()
    {
        var totals = RenderFor<HistoryTotals>(Amara, p => p.Add(t => t.Summary, ARecord.Summary(
            ARecord.Of(ARecord.Amara, At, amount: null), ARecord.Of(ARecord.Amara, At, "unknown", 7),
            ARecord.Of(ARecord.Amara, At, "transaction-cancelled"))));

        var text = totals.Find("[aria-label='Totals of the payments shown']").TextContent;
        foreach (var words in (string[])["Taken in AUD", "Cards saved: 1", "Cancelled: 1", "Needs checking: 1, 7.00\u00a0AUD"])
            text.ShouldContain(words);
    }

    [Fact]
    public void Totals_OfSeveralCurrencies_AreNotAddedUp()
    {
        var totals = RenderFor<HistoryTotals>(Amara, p => p.Add(t => t.Summary, ARecord.Summary(
            ARecord.Of(ARecord.Amara, At, amount: 12.5m), ARecord.Of(ARecord.Amara, At, amount: 100),
            ARecord.Of(ARecord.Amara, At, amount: null),
            ARecord.Of(ARecord.Amara, At, "validation-error"), ARecord.Of(ARecord.Amara, At, amount: 3000, currency: "JPY"))));

        totals.FindAll(".panel").Select(panel => string.Join(" | ", panel.QuerySelectorAll("h2, p").Select(line => line.TextContent)))
            .ShouldBe(
        [
            "Taken in AUD | 112.50\u00a0AUD | 2 payments · Cards saved: 1 · Declined or failed: 1 | Success rate 75\u00a0%",
            "Taken in JPY | 3,000\u00a0JPY | 1 payment | Success rate 100\u00a0%",
        ]);
    }

    [Fact]
    [InCulture("de-DE")]
    public void Chart_OfSeveralDays_HasABarForEachDay()
    {
        var chart = RenderFor<OutcomeChart>(Amara, p => p
            .Add(c => c.Summary, ARecord.Summary(ARecord.Of(ARecord.Amara, At),
                ARecord.Of(ARecord.Amara, At.AddDays(-2), "validation-error")))
            .Add(c => c.Range, ARecord.Range(new(2026, 11, 16), new(2026, 11, 22))));

        chart.FindComponent<MudChart<double>>().Instance.ChartLabels.ShouldBe(["16", "17", "18", "19", "20", "21", "22"]);
        chart.FindAll("tbody tr").Select(row => string.Join(' ', row.QuerySelectorAll("th, td").Select(cell => cell.TextContent)))
            .ShouldBe(["20.11.2026 0 1 0 0", "22.11.2026 1 0 0 0"]);
    }

    [Fact]
    [InCulture("de-DE")]
    public void Breakdown_ForASupervisor_HasDaysAgentsProfilesAndReasons()
    {
        var breakdown = RenderFor<HistoryBreakdown>(Priya, p => p.Add(b => b.Summary, ARecord.Summary(
            ARecord.Of(ARecord.Amara, At, amount: 1234.5m), ARecord.Of(ARecord.Ben, At, "validation-error"))));

        breakdown.FindAll("summary").Select(summary => summary.TextContent)
            .ShouldBe(["By day", "By agent", "By profile", "Reasons of failure"]);
        RowsOf(breakdown, "By agent").ShouldBe(["Amara|1.234,50\u00a0AUD|1|0|0|0|0|100\u00a0%", "Ben|0,00\u00a0AUD|0|0|1|0|0|0\u00a0%"]);
        RowsOf(breakdown, "By day").ShouldBe(["22.11.2026|1.234,50\u00a0AUD|1|0|1|0|0|50\u00a0%"]);
        breakdown.FindAll(".reasons li").Count.ShouldBe(1);
    }

    [Fact]
    public void Breakdown_ForAnAgent_HasNoTableOfAgents()
    {
        var breakdown = RenderFor<HistoryBreakdown>(Amara, p => p.Add(b => b.Summary, ARecord.Summary(ARecord.Of(ARecord.Amara, At))));

        breakdown.FindAll("summary").Select(summary => summary.TextContent).ShouldBe(["By day", "By profile"]);
    }

    private static IEnumerable<string> RowsOf(IRenderedComponent<HistoryBreakdown> breakdown, string table) =>
        breakdown.FindAll($"table[aria-label='{table}'] tbody tr")
            .Select(row => string.Join('|', row.QuerySelectorAll("th, td").Select(cell => cell.TextContent)));

    private IRenderedComponent<OutcomeChart> Chart(params HistoryRecord[] records) =>
        RenderFor<OutcomeChart>(Amara, p => p.Add(c => c.Summary, ARecord.Summary(records))
            .Add(c => c.Range, ARecord.Range(new(2026, 11, 22), new(2026, 11, 22))));
}
