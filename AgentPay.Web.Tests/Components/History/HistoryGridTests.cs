using AgentPay.Web.Components.History;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.TwilioApi;
using AngleSharp.Dom;
using Bunit;

namespace AgentPay.Web.Tests.Components.History;

public sealed class HistoryGridTests : ConsoleContext
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Grid_ForAnAgent_HasNoAgentColumn()
    {
        Headers(Grid([ARecord.Of(ARecord.Amara, At)])).ShouldNotContain("Agent");
        Headers(Grid([ARecord.Of(ARecord.Amara, At)], Priya)).ShouldContain("Agent");
    }

    [Fact]
    public void Grid_ForASupervisor_ShowsAgentsByNameAndTheAddressInTheDetails()
    {
        var grid = Grid([ARecord.Of("jo.smith@contoso.example", At)], Priya);
        Column(grid, "Agent").ShouldBe(["Jo Smith"]);
        grid.Markup.ShouldNotContain("jo.smith@contoso.example");

        Details(grid).Click();

        grid.FindByRole("group", "Details of the payment at 09:00:00").TextContent.ShouldContain("jo.smith@contoso.example");
    }

    [Fact]
    public void Details_OfAPaymentThatChangedHands_SayWhoHadItWhen()
    {
        var record = ARecord.Of(ARecord.Ben, At) with
        {
            AgentChanges = [new(AgentChangeKind.TakenOver, ARecord.Amara, Priya.PrincipalName, At.AddMinutes(1)),
                new(AgentChangeKind.HandedOver, Priya.PrincipalName, ARecord.Ben, At.AddMinutes(2))],
        };
        var grid = Grid([record], Priya);

        Details(grid).Click();

        var text = string.Join(' ', grid.FindByRole("group", "Details of the payment at 09:00:00").TextContent.Split((char[]?)null,
            StringSplitOptions.RemoveEmptyEntries));
        text.ShouldContain("Started byAmara");
        text.ShouldMatch("Taken over ?Amara to Priya Raman, .*09:01");
        text.ShouldMatch("Handed over ?Priya Raman to Ben, .*09:02");
    }

    [Theory]
    [InlineData("success", "Paid")]
    [InlineData("transaction-cancelled", "Cancelled")]
    [InlineData("caller-interrupted-with-star", "Cancelled by the caller")]
    [InlineData("caller-hung-up", "Call ended")]
    [InlineData("not-started", "Not started")]
    [InlineData("capture-window-over", "Timed out")]
    [InlineData("unknown", "Needs checking")]
    [InlineData("payment-connector-error", "Needs checking")]
    [InlineData("internal-error", "Needs checking")]
    [InlineData("validation-error", "Not taken")]
    public void Row_Result_IsShownAsAWord(string result, string word) =>
        Column(Grid([ARecord.Of(ARecord.Amara, At, result)]), "Result").ShouldBe([word]);

    [Fact]
    public void Row_WithAnUncertainOutcome_StandsOutAndSaysNotToChargeAgain()
    {
        var grid = Grid([ARecord.Of(ARecord.Amara, At, "unknown"), ARecord.Of(ARecord.Amara, At.AddHours(-1))]);
        grid.FindAll(".to-check").Count.ShouldBe(1);

        Details(grid).Click();

        grid.FindByRole("group", "Details of the payment at 09:00:00").TextContent.ShouldContain("Do not charge again");
    }

    [Fact]
    public void Details_Opened_ShowTheIdsAndSaySoToScreenReaders()
    {
        var record = ARecord.Of(ARecord.Amara, At);
        var grid = Grid([record]);
        grid.Markup.ShouldNotContain(record.Call.ToString());
        Details(grid).GetAttribute("aria-expanded").ShouldBe("false");

        Details(grid).Click();

        Details(grid).GetAttribute("aria-expanded").ShouldBe("true");
        var details = grid.FindByRole("group", "Details of the payment at 09:00:00").TextContent;
        foreach (var id in (string[])[record.Call.ToString(), record.Payment.ToString()!, record.Id.ToString(), record.Confirmation!])
            details.ShouldContain(id);
    }

    [Fact]
    [InCulture("de-DE")]
    public void Row_InAGermanBrowser_HasGermanAmountsAndTimes()
    {
        var grid = Grid([ARecord.Of(ARecord.Amara, At.AddHours(6), amount: 1234.5m)]);

        Column(grid, "Amount").ShouldBe(["1.234,50\u00a0AUD"]);
        Column(grid, "Time").ShouldBe(["15:00:00"]);
    }

    [Fact]
    public void Row_OfASavedCard_HasNoAmountAndAShortenedToken()
    {
        var grid = Grid([ARecord.Of(ARecord.Amara, At, amount: null)]);

        Column(grid, "Amount").ShouldBe(["–"]);
        Column(grid, "Result").ShouldBe(["Card saved"]);
        Column(grid, "Confirmation or token").ShouldBe(["tok_01…abcdef"]);
    }

    [Fact]
    public void Grid_SortedByAmount_SortsEveryPageWithinItsCurrency()
    {
        var grid = Grid([ARecord.Of(ARecord.Amara, At, amount: 3000, currency: "JPY"),
            ARecord.Of(ARecord.Amara, At.AddHours(-1), amount: 20), ARecord.Of(ARecord.Amara, At.AddHours(-2), amount: 7)]);
        Column(grid, "Time").ShouldBe(["09:00:00", "08:00:00", "07:00:00"]);

        Header(grid, "Amount").QuerySelector("button, .sortable-column-header")!.Click();

        grid.WaitForAssertion(() => Column(grid, "Amount").ShouldBe(["7.00\u00a0AUD", "20.00\u00a0AUD", "3,000\u00a0JPY"]));
    }

    [Fact]
    public void Grid_OfManyPayments_ShowsAPageAndTurnsIt()
    {
        var grid = Grid([.. Enumerable.Range(0, 60).Select(minute => ARecord.Of(ARecord.Amara, At.AddMinutes(-minute)))]);
        Column(grid, "Time").Count.ShouldBe(25);

        grid.Press("Next page");
        grid.WaitForAssertion(() => Column(grid, "Time")[0].ShouldBe("08:35:00"));
        grid.Press("Next page");

        grid.WaitForAssertion(() => Column(grid, "Time").Count.ShouldBe(10));
        grid.FindByRole("button", "Next page").HasAttribute("disabled").ShouldBeTrue();
        Advance(Web.Components.Live.Announcer.Pause);
        Announcer.Status.ShouldBe("51 to 60 of 60");
    }

    [Fact]
    public void Grid_WithFewerPaymentsThanBefore_ShowsItsLastPage()
    {
        List<HistoryRecord> records = [.. Enumerable.Range(0, 60).Select(minute => ARecord.Of(ARecord.Amara, At.AddMinutes(-minute)))];
        var grid = Grid(records);
        grid.Press("Last page");
        grid.WaitForAssertion(() => Column(grid, "Time").Count.ShouldBe(10));

        grid.Render(p => p.Add(g => g.Records, records[..3]));

        grid.WaitForAssertion(() => Column(grid, "Time").ShouldBe(["09:00:00", "08:59:00", "08:58:00"]));
    }

    [Fact]
    public void Details_OfAPaymentThatIsReadAgain_StayOpenAndShowWhatIsNew()
    {
        var record = ARecord.Of(ARecord.Amara, At, "unknown") with
        {
            AgentChanges = [new(AgentChangeKind.HandedOver, ARecord.Ben, ARecord.Amara, At)],
        };
        var grid = Grid([record]);
        Details(grid).Click();
        grid.FindByRole("group", "Details of the payment at 09:00:00").TextContent.ShouldContain("Do not charge again");

        grid.Render(p => p.Add(g => g.Records, [record with { Result = "success", AgentChanges = [.. record.AgentChanges] }]));

        grid.WaitForAssertion(() => Column(grid, "Result").ShouldBe(["Paid"]));
        grid.FindByRole("group", "Details of the payment at 09:00:00").TextContent.ShouldNotContain("Do not charge again");
    }

    private IRenderedComponent<HistoryGrid> Grid(IReadOnlyList<HistoryRecord> records, Web.Identity.CurrentUser? user = null)
    {
        var grid = RenderFor<HistoryGrid>(user ?? Amara, p => p.Add(t => t.Records, records));
        grid.WaitForState(() => grid.FindAll("td[data-label=Time]").Count > 0);
        return grid;
    }

    private static IElement Details(IRenderedComponent<HistoryGrid> grid) =>
        grid.FindByRole("button", "Details of the payment at 09:00:00");

    private static IEnumerable<string> Headers(IRenderedComponent<HistoryGrid> grid) =>
        grid.FindAll("thead th").Select(header => header.TextContent.Trim());

    private static IElement Header(IRenderedComponent<HistoryGrid> grid, string title) =>
        grid.FindAll("thead th").First(header => header.TextContent.Trim() == title);

    /// <summary>The cells below a header.</summary>
    private static List<string> Column(IRenderedComponent<HistoryGrid> grid, string title) =>
        [.. grid.FindAll($"td[data-label='{title}']").Select(cell => cell.TextContent.Trim())];
}
