using AgentPay.Web.Board;
using AgentPay.Web.Calls;
using AgentPay.Web.Components.Board;
using AgentPay.Web.Components.Pages;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Board;
using AgentPay.Web.Tests.Calls;
using AgentPay.Web.Tests.Components.Calls;
using AgentPay.Web.Tests.Support;
using Bunit;
using static AgentPay.Web.Tests.Board.ABoardPayment;
using Call = AgentPay.Web.Calls.Call;

namespace AgentPay.Web.Tests.Components.Board;

/// <summary>The board's states, and what is rendered again when a row changes.</summary>
public sealed class BoardPageTests(CallsFixture fixture) : CallListContext(fixture)
{
    private long _version;

    [Fact]
    public void Page_NothingRead_IsLoadingAndSaysSoAfterAWhile()
    {
        var page = ShownBoard();

        page.Find("[aria-busy=true]").GetAttribute("aria-label").ShouldBe("Loading the calls and payments…");
        Advance(Timeouts.CallList);
        page.WaitForAssertion(() => TextOf(page).ShouldContain("The calls and payments can't be loaded"));
    }

    [Fact]
    public void Page_NoRows_SaysWhatWillAppear()
    {
        Show([]);

        TextOf(ShownBoard()).ShouldContain("No calls or payments right now");
    }

    [Fact]
    public void Page_SyncNotResponding_KeepsTheRowsAndSaysThatUpdatesAreDelayed()
    {
        Show([Paying(ACall.Inbound())]);
        Healths.Publish(BoardPoller.SourceName, new FeedHealth(false, Now, "Twilio Sync is not responding"));

        var page = ShownBoard();

        page.WaitForAssertion(() => TextOf(page).ShouldContain("Updates delayed."));
        RowsOf(page).Count.ShouldBe(1);
    }

    [Fact]
    public void Row_OfAPayment_HasNameAmountPhaseAndActions()
    {
        var call = ACall.Inbound(claimedBy: "ben@agentpay.example") with { ClaimedByName = "Ben Novak" };
        Show([Paying(call)]);

        var page = ShownBoard();

        page.WaitForAssertion(() => RowsOf(page).Count.ShouldBe(1));
        var row = TextOf(RowsOf(page)[0]);
        row.ShouldContain("Processing");
        row.ShouldContain("Ben Novak");
        row.ShouldContain("42.50 AUD");
        row.ShouldContain("Shop");
        row.ShouldNotContain("ben@");
        page.Find("[data-since]").GetAttribute("data-since").ShouldBe(Now.AddSeconds(-1).ToUnixTimeMilliseconds().ToString(null, null));
        page.FindAll("li a").Single().GetAttribute("href").ShouldBe($"pay?callSid={call.PstnSid}");
        page.FindAll("li button").Single().TextContent.ShouldContain("Take over");
    }

    [Fact]
    public void Row_OwnCall_HasNoTakeOver()
    {
        Show([Paying(ACall.Inbound(claimedBy: Priya.PrincipalName))]);

        var page = ShownBoard();

        page.WaitForAssertion(() => RowsOf(page).Count.ShouldBe(1));
        page.FindAll("li button").ShouldBeEmpty();
    }

    [Fact]
    public void Row_ToCheckAfterItsCall_LeadsToTheHistory()
    {
        Show(BoardRow.Of([], [Over(ResultKind.Unknown)], Now));

        var page = ShownBoard();

        page.WaitForAssertion(() => RowsOf(page).Count.ShouldBe(1));
        TextOf(RowsOf(page)[0]).ShouldContain("May have been charged");
        page.FindAll("li a").Single().GetAttribute("href").ShouldBe("history");
    }

    [Fact]
    public void Update_OneRowOfForty_RendersThatRowAlone()
    {
        BoardRow[] rows = [.. Enumerable.Range(0, 40).Select(_ => Paying(ACall.Inbound()))];
        Show(rows);
        var page = ShownBoard();
        page.WaitForAssertion(() => RowsOf(page).Count.ShouldBe(40));
        var views = page.FindComponents<BoardRowView>().ToDictionary(view => view.Instance.Row.Key);
        var before = views.ToDictionary(view => view.Key, view => view.Value.RenderCount);

        rows[7] = rows[7] with { Payment = rows[7].Payment! with { Phase = PaymentPhase.Ready } };
        Show(rows);

        page.WaitForAssertion(() => TextOf(RowsOf(page)[7]).ShouldContain("All captured"));
        views.Where(view => view.Value.RenderCount > before[view.Key]).Select(view => view.Key).ShouldBe([rows[7].Key]);
    }

    [Fact]
    public void Rows_ThreeHundred_RendersThoseInView()
    {
        Show([.. Enumerable.Range(0, 300).Select(_ => Paying(ACall.Inbound()))]);

        var page = ShownBoard();

        page.WaitForAssertion(() => RowsOf(page).Count.ShouldBeInRange(1, 150));
        RowsOf(page)[0].GetAttribute("aria-setsize").ShouldBe("300");
    }

    [Fact]
    public void Announcement_NewRowThatNeedsAttention_IsMadeOnceAndNotForOthers()
    {
        var (calm, failing) = (Paying(ACall.Inbound()), Paying(ACall.Inbound("+61400000001")));
        Show([calm, failing]);
        var page = ShownBoard();
        page.WaitForAssertion(() => RowsOf(page).Count.ShouldBe(2));
        var said = Heard();

        Show([failing with { Attention = Attention.Stalled }, calm with { Payment = calm.Payment! with { Phase = PaymentPhase.Ready } }]);
        page.WaitForAssertion(() => TextOf(page).ShouldContain("1 needs attention"));
        Advance(TimeSpan.FromSeconds(1));
        Show([failing with { Attention = Attention.Stalled }]);
        page.WaitForAssertion(() => RowsOf(page).Count.ShouldBe(1));
        Advance(TimeSpan.FromSeconds(1));

        said.Single().ShouldEndWith("Longer than usual");
    }

    [Fact]
    public void Today_ResultsRead_ShowsTotalsAndRates()
    {
        Show([], [Result(ResultKind.Succeeded, started: Clock.GetUtcNow()), Result(ResultKind.Failed, started: Clock.GetUtcNow())]);

        var page = ShownBoard();

        page.WaitForAssertion(() => TextOf(page).ShouldContain("Taken in AUD10.00 AUD"));
        TextOf(page).ShouldContain("Success rate50");
        TextOf(page).ShouldContain("Ben");
    }

    [Fact]
    public async Task Dispose_LeavesNoReader()
    {
        Show([]);
        var page = ShownBoard();
        page.WaitForAssertion(() => Boards.Readers.ShouldBe(1));
        Feed.IsWatched(CallDirectory.ListKey).ShouldBeTrue();

        await DisposeComponentsAsync();

        (Boards.Readers, Feed.Readers, Healths.Readers).ShouldBe((0, 0, 0));
    }

    private static BoardRow Paying(Call call) => BoardRow.Of([call], [In(PaymentPhase.Submitting, call: call.PstnSid)], Now).Single();

    private IRenderedComponent<BoardPage> ShownBoard() => RenderFor<BoardPage>(Priya, _ => { });

    private void Show(IReadOnlyList<BoardRow> rows, IReadOnlyList<BoardResult>? results = null) =>
        Boards.Publish(BoardSnapshot.Key, new(++_version, [.. rows], results));
}
