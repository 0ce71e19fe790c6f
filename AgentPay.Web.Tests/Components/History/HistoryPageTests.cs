using AgentPay.Web.Components.Pages;
using AgentPay.Web.Components.Parts;
using AgentPay.Web.Identity;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.Sync;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace AgentPay.Web.Tests.Components.History;

/// <summary>The page on a real Sync feature, which speaks to the sandbox. It is 9 o'clock on 22 November 2026, UTC.</summary>
public sealed class HistoryPageTests : ConsoleContext, IAsyncLifetime
{
    private readonly SandboxApp _sandbox = new();
    private SyncHost _host = null!;

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    public async Task InitializeAsync()
    {
        _host = await SyncHost.StartReadyAsync(_sandbox);
        Services.AddOptions<SyncOptions>();
        Services.AddSingleton(_ => new PaymentHistory(_host.Maps, Clock));
        foreach (var record in (HistoryRecord[])
        [
            ARecord.Of(ARecord.Amara, new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero)),
            ARecord.Of(ARecord.Amara, new(2026, 11, 21, 23, 0, 0, TimeSpan.Zero), "unknown"),
            ARecord.Of(ARecord.Amara, new(2026, 11, 22, 7, 0, 0, TimeSpan.Zero)),
            ARecord.Of(ARecord.Ben, new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), "payment-connector-error"),
        ]) await HistoryExportTests.KeepAsync(_host.Maps, record);
    }

    [Fact]
    public void Page_Opened_ShowsTodaysOwnPayments() => Rows(Page(Amara)).ShouldBe([(null, "Succeeded")]);

    [Fact]
    public void Page_OfASupervisor_ShowsEverybodysAndFiltersByAgent()
    {
        var page = Page(Priya);
        Rows(page).Select(row => row.Agent).ShouldBe([ARecord.Ben, ARecord.Amara]);

        page.FindAll("select")[1].Change(ARecord.Ben);

        page.WaitForAssertion(() => Uri.UnescapeDataString(Navigation.Uri).ShouldEndWith($"/history?agent={ARecord.Ben}"));
        page.WaitForAssertion(() => Rows(page).Select(row => row.Agent).ShouldBe([ARecord.Ben]));
    }

    [Fact]
    public void Page_OfAnAgentWhoAsksForAnother_ShowsTheirOwn() => Rows(Page(Amara, "?agent=ben@agentpay.example")).Count.ShouldBe(1);

    [Fact]
    public void Page_InSydney_ShowsTheDayThereFromTwoMaps() =>
        Rows(Page(Amara, "", "Australia/Sydney")).Select(row => row.Word).ShouldBe(["Succeeded", "Unknown: to check"]);

    [Fact]
    public void Page_WithFiltersInTheAddress_AppliesThem()
    {
        Rows(Page(Priya, "?day=2026-11-22&result=failed")).Select(row => row.Agent).ShouldBe([ARecord.Ben]);
        Rows(Page(Priya, "?day=2026-11-20")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("?day=tomorrow")]
    [InlineData("?day=2031-01-01")]
    [InlineData("?day=1999-01-01")]
    public void Page_WithADayThatThereIsNot_ShowsToday(string query) =>
        Page(Priya, query).Find("input[type=date]").GetAttribute("value").ShouldBe("2026-11-22");

    [Fact]
    public void Page_DayBefore_IsAnotherAddressAndReadsThatDay()
    {
        var page = Page(Amara);

        page.FindAll(".step")[0].Click();

        page.WaitForAssertion(() => Navigation.Uri.ShouldEndWith("/history?day=2026-11-21"));
        page.WaitForAssertion(() => Rows(page).Select(row => row.Word).ShouldBe(["Unknown: to check"]));
    }

    [Fact]
    public void Page_Today_HasNoDayAfterAndExportsWhatItShows()
    {
        var page = Page(Amara, "?result=succeeded");

        page.FindAll(".step")[1].HasAttribute("disabled").ShouldBeTrue();
        page.Find("a[download]").GetAttribute("href").ShouldBe("history/export?day=2026-11-22&zone=UTC&result=succeeded");
    }

    [Fact]
    public async Task Page_Refreshed_ShowsWhatIsNew()
    {
        var page = Page(Amara);
        await HistoryExportTests.KeepAsync(_host.Maps, ARecord.Of(ARecord.Amara, new(2026, 11, 22, 8, 59, 0, TimeSpan.Zero), "transaction-cancelled"));

        page.Find(".acts button").Click();

        page.WaitForAssertion(() => Rows(page).Select(row => row.Word).ShouldBe(["Cancelled", "Succeeded"]));
    }

    [Fact]
    public void Page_WithoutPayments_SaysWhatWouldStandThere()
    {
        Page(Amara, "?day=2026-11-19").Find(".empty").TextContent.ShouldContain("No payments on this day");
        Page(Amara, "?text=nowhere").Find(".empty").TextContent.ShouldContain("None of the day's payments match");
    }

    [Fact]
    public async Task Page_WhileSyncIsDown_SaysSoAndTriesAgain()
    {
        await using var down = await SyncHost.StartAsync(SyncHost.UrlOf(_sandbox), Clock, null, ("Sync:ServiceSid", "IS0123456789abcdef0123456789abcdef"));
        await Clock.TimerAsync(ProvisioningTests.IsBackoff(1));
        Services.AddSingleton(new PaymentHistory(down.Maps, Clock));

        var page = Page(Amara);

        page.WaitForAssertion(() => page.Find(".notice").TextContent.ShouldContain("The history could not be read."));
        page.Find(".notice").TextContent.ShouldContain("what was taken is taken");
        page.FindAll(".record").ShouldBeEmpty();
        down.Space.Ready(_host.Space.Service);
        page.Find(".notice button").Click();
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
        var page = Render<HistoryPage>(builder =>
        {
            builder.AddCascadingValue(user);
            builder.AddCascadingValue(ViewerClock.Of(zone));
        });
        page.WaitForState(() => page.FindAll(".record, .empty, .notice").Count > 0);
        return page;
    }

    /// <summary>Who took the payments, as far as that is shown, and what came of them.</summary>
    private static List<(string? Agent, string Word)> Rows(IRenderedComponent<HistoryPage> page) =>
        [.. page.FindAll(".record").Select(row => (row.QuerySelector("[data-label=Agent]")?.TextContent, row.QuerySelector(".chip")!.TextContent.Replace(row.QuerySelector(".chip i")!.TextContent, "")))];
}
