using AgentPay.Web.Components.Pages;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.HistoryExport;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.HistoryExport;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.Sync;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MudBlazor;

namespace AgentPay.Web.Tests.Components.History;

/// <summary>The page with the real Sync feature and the sandbox. The clock stands at 09:00 on 22 November 2026, UTC.</summary>
public sealed class HistoryPageTests : ConsoleContext, IAsyncLifetime
{
    /// <summary>What the page shows in place of payments.</summary>
    private static readonly string[] Texts = ["No payments", "No matching payments", "could not be read"];

    private readonly SandboxApp _sandbox = new();
    private SyncHost _host = null!;
    private IRenderedComponent<MudPopoverProvider> _popovers = null!;

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    public async Task InitializeAsync()
    {
        _host = await SyncHost.StartReadyAsync(_sandbox);
        Services.AddOptions<SyncOptions>();
        Services.AddSingleton(_ => ARecord.History(_host, Clock));
        Services.AddSingleton<HistoryReader>();
        Services.AddOptions<AgentPayOptions>();
        foreach (var record in (HistoryRecord[])
        [
            ARecord.Of(ARecord.Amara, new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero)) with { Caller = "+61400000009" },
            ARecord.Of(ARecord.Amara, new(2026, 11, 21, 23, 0, 0, TimeSpan.Zero), "unknown"),
            ARecord.Of(ARecord.Amara, new(2026, 11, 22, 7, 0, 0, TimeSpan.Zero)),
            ARecord.Of(ARecord.Ben, new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), "validation-error"),
        ]) await HistoryExportTests.KeepAsync(_host.Maps, record);
    }

    [Fact]
    public void Page_Opened_ShowsTodaysOwnPayments() => Rows(Page(Amara)).ShouldBe([(null, "Paid")]);

    [Fact]
    public void Page_OfASupervisor_ShowsEverybodysAndFiltersByAgent()
    {
        var page = Page(Priya);
        Rows(page).Select(row => row.Agent).ShouldBe(["Ben", "Amara"]);

        Choose(page, "Agent", "Ben");

        page.WaitForAssertion(() => Uri.UnescapeDataString(Navigation.Uri).ShouldEndWith($"/history?agent={ARecord.Ben}"));
        page.WaitForAssertion(() => Rows(page).Select(row => row.Agent).ShouldBe(["Ben"]));
    }

    [Fact]
    public void Page_OfAnAgentWhoAsksForAnother_ShowsTheirOwn() => Rows(Page(Amara, "?agent=ben@agentpay.example")).Count.ShouldBe(1);

    [Fact]
    public void Page_OfAnOrganisationInSydney_ShowsItsDayFromTwoMapsWhateverTheViewersZone()
    {
        Services.AddSingleton(Options.Create(new AgentPayOptions { TimeZone = "Australia/Sydney" }));

        var page = Page(Amara);

        Rows(page).Select(row => row.Word).ShouldBe(["Paid", "Needs checking"]);
        page.Markup.ShouldContain("Days and times are in Australia/Sydney.");
        page.FindAll("td[data-label=Time]").Select(cell => cell.TextContent.Trim()).ShouldBe(["18:00:00", "10:00:00"]);
    }

    [Fact]
    public void Range_Chosen_IsInTheAddressAndShowsItsDays()
    {
        var page = Page(Priya);

        Choose(page, "Days", "This week");

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith("/history?range=this-week"));
        page.WaitForAssertion(() => Rows(page).Count.ShouldBe(4));
        page.FindByLabel("From").GetAttribute("value").ShouldBe("2026-11-16");
        page.FindByLabel("To").GetAttribute("value").ShouldBe("2026-11-22");
        page.Markup.ShouldContain("Totals in detail");
    }

    [Fact]
    public void Range_TypedInTwoSteps_IsReadOnceItFits()
    {
        var page = Page(Priya);

        page.Change("From", "2026-09-20");
        page.WaitForAssertion(() => page.Markup
            .ShouldContain("Choose at most 31 days. For a longer time, export one month after another."));
        Navigation.Uri.ShouldEndWith("/history");
        page.Change("To", "2026-09-30");

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith("/history?from=2026-09-20&to=2026-09-30"));
        page.WaitForAssertion(() => page.Markup.ShouldContain("No payments in these days"));
    }

    [Fact]
    public void Search_ByASupervisor_FindsTheCallersNumberInTheRange()
    {
        var page = Page(Priya, "?range=this-week&text=0400%20000%20009");

        Rows(page).ShouldBe([("Amara", "Paid")]);
        page.Press("Details of the payment at 08:00:00");
        page.WaitForAssertion(() => page.Markup.ShouldContain("+61400000009"));
    }

    [Fact]
    public void Details_ForAnAgent_HaveTheEndOfTheCallersNumberOnly()
    {
        var page = Page(Amara, "?day=2026-11-20");

        page.Press("Details of the payment at 08:00:00");

        page.WaitForAssertion(() => page.Markup.ShouldContain("***009"));
        page.Markup.ShouldNotContain("+61400000009");
    }

    [Fact]
    public async Task Page_WithADayThatCannotBeRead_SaysThatTheTotalsAreIncomplete()
    {
        await using var part = await FailingMap.StartAsync(_sandbox, "history-2026-11-21");
        Services.AddSingleton(ARecord.History(part.Host, Clock));

        var page = Page(Priya, "?range=this-week");

        page.WaitForAssertion(() => Rows(page).Count.ShouldBe(3));
        page.Markup.ShouldContain("The list and the totals are incomplete.");
        page.Markup.ShouldContain("Payments of these days could not be read: 11/21/2026.");
    }

    [Fact]
    public async Task Page_WithOpenChecks_ShowsThemOnTopWhateverTheDay()
    {
        var open = ARecord.Of(ARecord.Amara, new(2026, 11, 3, 8, 0, 0, TimeSpan.Zero), "unknown");
        await ARecord.Store(_host).WriteAsync(open, default, default);

        var page = Page(Amara);

        page.WaitForAssertion(() => page.FindByRole("heading", "Needs checking"));
        page.WaitForAssertion(() =>
            page.Find("[aria-label='Payments that need checking']").TextContent.ShouldContain(ViewerClock.Utc.DayAndTime(open.Started)));
        page.Press("Details of the payment at 08:00:00");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Do not charge again before this is checked."));
        page.HasRole("button", "Close the check").ShouldBeFalse();
    }

    [Fact]
    public void Page_WithFiltersInTheAddress_AppliesThem()
    {
        Rows(Page(Priya, "?day=2026-11-22&result=failed")).Select(row => row.Agent).ShouldBe(["Ben"]);
        Rows(Page(Priya, "?day=2026-11-20")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("?day=tomorrow")]
    [InlineData("?day=2031-01-01")]
    [InlineData("?day=1999-01-01")]
    public void Page_WithADayOutsideTheHistory_ShowsTodayAndSaysSo(string query)
    {
        var page = Page(Priya, query + "&result=succeeded");

        page.FindByLabel("From").GetAttribute("value").ShouldBe("2026-11-22");
        page.Markup.ShouldContain("The days in the link cannot be shown, so today is shown instead.");

        Choose(page, "Result", "All results");

        page.WaitForAssertion(() => page.Markup.ShouldNotContain("The days in the link"));
    }

    [Fact]
    public void DateInput_WhileAYearIsTyped_ChangesNothing()
    {
        var page = Page(Amara);

        page.Change("From", "0002-11-21");

        page.WaitForAssertion(() => page.Markup.ShouldContain("The history goes from 10/18/2025 to 11/22/2026. Choose days in between."));
        Navigation.Uri.ShouldEndWith("/history");
        page.Change("From", "2026-11-21");
        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith("/history?from=2026-11-21&to=2026-11-22"));
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Choose days"));
    }

    [Fact]
    public void Search_Entered_IsInTheAddressWithACardNumberMasked()
    {
        var page = Page(Amara);

        page.Change("Search", " 4111111111111111 ");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith("/history?text=xxxxxxxxxxxx1111"));
        page.FindByLabel("Search").GetAttribute("value").ShouldBe("xxxxxxxxxxxx1111");
    }

    [Fact]
    public void Page_DayBefore_IsAnotherAddressAndReadsThatDay()
    {
        var page = Page(Amara);

        page.Press("The day before");

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith("/history?from=2026-11-21&to=2026-11-21"));
        page.WaitForAssertion(() => Rows(page).Select(row => row.Word).ShouldBe(["Needs checking"]));
    }

    [Fact]
    public void Page_Today_HasNoDayAfterAndExportsWhatItShows()
    {
        var page = Page(Amara, "?result=succeeded");

        page.FindByRole("button", "The day after").HasAttribute("disabled").ShouldBeTrue();
        page.FindByRole("link", "Export CSV").GetAttribute("href")
            .ShouldBe("history/export?result=succeeded&from=2026-11-22&to=2026-11-22");
    }

    [Fact]
    public async Task Page_Refreshed_ShowsWhatIsNew()
    {
        var page = Page(Amara);
        await HistoryExportTests.KeepAsync(_host.Maps,
            ARecord.Of(ARecord.Amara, new(2026, 11, 22, 8, 59, 0, TimeSpan.Zero), "transaction-cancelled"));

        page.Press("Refresh");

        page.WaitForAssertion(() => Rows(page).Select(row => row.Word).ShouldBe(["Cancelled", "Paid"]));
    }

    [Fact]
    public void Page_OfMorePaymentsThanItHolds_SaysWhichItShowsAndWhatHasAll()
    {
        foreach (var (day, count) in (IEnumerable<(int, int)>)[(17, 600), (18, 401)])
            ManyRecords.Keep(_sandbox.Services, _host.Space.Service, new(2026, 11, day, 8, 0, 0, TimeSpan.Zero), count);

        var page = Page(Amara, "?from=2026-11-17&to=2026-11-18");

        page.Markup.ShouldContain(
            "The list has the newest 1,000 of 1,001 payments. The totals and the CSV file have all of them. To see the others, choose fewer days or search.");
        page.Markup.Replace('\u00a0', ' ').ShouldContain("1,001.00 AUD");
    }

    [Fact]
    public void Page_WithoutPayments_SaysWhatWillAppear()
    {
        Page(Amara, "?day=2026-11-19").Markup.ShouldContain("No payments on this day");
        var page = Page(Amara, "?text=nowhere");
        page.Markup.ShouldContain("No matching payments");

        page.Press("Show all payments");

        page.WaitForAssertion(() => Rows(page).Count.ShouldBe(1));
    }

    [Fact]
    public async Task Page_WhileSyncIsDown_SaysSoAndTriesAgain()
    {
        await using var down = await SyncHost.StartAsync(SyncHost.UrlOf(_sandbox), Clock, null,
            ("Sync:ServiceSid", "IS0123456789abcdef0123456789abcdef"));
        await Clock.TimerAsync(ProvisioningTests.IsBackoff(1));
        Services.AddSingleton(ARecord.History(down, Clock));

        var page = Page(Amara);

        page.Markup.ShouldContain("The history could not be read.");
        page.Markup.ShouldContain("No payment is lost");
        page.AllByRole("table").ShouldBeEmpty();
        down.Space.Ready(_host.Space.Service);
        page.Press("Try again");
        page.WaitForAssertion(() => Rows(page).Count.ShouldBe(1));
    }

    public new async Task DisposeAsync()
    {
        await DisposeComponentsAsync();
        await _host.DisposeAsync();
        await _sandbox.DisposeAsync();
        await base.DisposeAsync();
    }

    private IRenderedComponent<HistoryPage> Page(CurrentUser user, string query = "", string zone = "UTC")
    {
        Navigation.NavigateTo("history" + query);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        _popovers ??= Render<MudPopoverProvider>();
        var page = Render<HistoryPage>(builder =>
        {
            builder.AddCascadingValue(user);
            builder.AddCascadingValue(ViewerClock.Of(zone));
        });
        page.WaitForState(() => Rows(page).Count > 0 || Texts.Any(text => page.Markup.Contains(text, StringComparison.Ordinal)));
        return page;
    }

    private void Choose(IRenderedComponent<HistoryPage> page, string label, string option)
    {
        page.FindByLabel(label).MouseDown();
        _popovers.WaitForAssertion(() => _popovers.AllByRole("option").ShouldNotBeEmpty());
        _popovers.FindByRole("option", option).Click();
    }

    /// <summary>The agent, if shown, and the result of each payment.</summary>
    private static List<(string? Agent, string Word)> Rows(IRenderedComponent<HistoryPage> page) =>
        [.. page.FindAll("tr:has(> td[data-label=Result])").Select(row =>
            (row.QuerySelector("[data-label=Agent]")?.TextContent.Trim(), row.QuerySelector("[data-label=Result]")!.TextContent.Trim()))];
}
