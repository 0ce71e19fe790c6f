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
        var chart = Chart(ARecord.Of(ARecord.Amara, At), ARecord.Of(ARecord.Amara, At), ARecord.Of(ARecord.Amara, At.AddHours(1), "unknown"));

        chart.Find("[role=img]").GetAttribute("aria-label")!.ShouldContain("Succeeded 2, Declined or failed 0, Cancelled 0, Needs checking 1");
        chart.FindAll("tbody tr").Select(row => string.Join(' ', row.QuerySelectorAll("th, td").Select(cell => cell.TextContent))).ShouldBe(["09:00 2 0 0 0", "10:00 0 0 0 1"]);
    }

    [Fact]
    public void Chart_OfEachKindOfResult_HasItsPattern()
    {
        var chart = Chart(ARecord.Of(ARecord.Amara, At), ARecord.Of(ARecord.Amara, At, "validation-error"), ARecord.Of(ARecord.Amara, At, "transaction-cancelled"), ARecord.Of(ARecord.Amara, At, "unknown"));

        var options = (StackedBarChartOptions)chart.FindComponent<MudChart<double>>().Instance.ChartOptions!;
        chart.FindAll("pattern").Select(pattern => $"url(#{pattern.Id})").ShouldBe(options.ChartPalette);
        options.ChartPalette.Length.ShouldBe(4);
    }

    [Fact]
    [InCulture("de-DE")]
    public void Chart_OfTwoHours_ShowsTheWholeDayWithGermanLabels()
    {
        var chart = Chart(ARecord.Of(ARecord.Amara, At), ARecord.Of(ARecord.Amara, At.AddHours(1))).FindComponent<MudChart<double>>().Instance;

        chart.ChartLabels.Where(label => label.Length > 0).ShouldBe(["00", "03", "06", "09", "12", "15", "18", "21"]);
        chart.ChartSeries.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(1, "1 payment")]
    [InlineData(2, "2 payments")]
    public void Totals_OfOneCurrency_CountThePayments(int count, string words)
    {
        var totals = RenderFor<HistoryTotals>(Amara, p => p.Add(t => t.Records, [.. Enumerable.Range(0, count).Select(_ => ARecord.Of(ARecord.Amara, At))]));

        totals.FindAll("p").ShouldContain(line => line.TextContent == words);
    }

    [Fact]
    public void Totals_WithSavedCardsAndDoubts_NameThem()
    {
        var totals = RenderFor<HistoryTotals>(Amara, p => p.Add(t => t.Records,
            [ARecord.Of(ARecord.Amara, At, amount: null), ARecord.Of(ARecord.Amara, At, "unknown", 7), ARecord.Of(ARecord.Amara, At, "transaction-cancelled")]));

        var text = totals.Find("[aria-label='Totals of the payments shown']").TextContent;
        foreach (var words in (string[])["Taken in AUD", "Cards saved: 1", "Cancelled: 1", "Needs checking: 1, 7.00\u00a0AUD"]) text.ShouldContain(words);
    }

    [Fact]
    public void Totals_OfSeveralCurrencies_AreNotAddedUp()
    {
        var totals = RenderFor<HistoryTotals>(Amara, p => p.Add(t => t.Records,
        [
            ARecord.Of(ARecord.Amara, At, amount: 12.5m), ARecord.Of(ARecord.Amara, At, amount: 100), ARecord.Of(ARecord.Amara, At, amount: null),
            ARecord.Of(ARecord.Amara, At, "validation-error"), ARecord.Of(ARecord.Amara, At, amount: 3000, currency: "JPY"),
        ]));

        totals.FindAll(".panel").Select(panel => string.Join(" | ", panel.QuerySelectorAll("h2, p").Select(line => line.TextContent))).ShouldBe(
        [
            "Taken in AUD | 112.50\u00a0AUD | 2 payments · Cards saved: 1 · Declined or failed: 1",
            "Taken in JPY | 3,000\u00a0JPY | 1 payment",
        ]);
    }

    private IRenderedComponent<OutcomeChart> Chart(params HistoryRecord[] records) =>
        RenderFor<OutcomeChart>(Amara, p => p.Add(c => c.Records, records).Add(c => c.Day, new HistoryDay(new(2026, 11, 22), TimeZoneInfo.Utc)));
}
