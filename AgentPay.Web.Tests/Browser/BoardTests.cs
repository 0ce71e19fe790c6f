using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>A supervisor at the board, while an agent takes a payment.</summary>
public sealed class BoardTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserFact]
    public Task Payment_OfAnAgent_IsSeenLiveWatchedAndTakenOver() => OnCallAsync(async (page, customer) =>
    {
        var priya = await SeatAsync(PageActs.Priya, "/board");
        // Payments of other tests may be on the board as well.
        var row = priya.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "77.31" });

        await page.StartAsync("77.31");
        await row.GetByText("Caller is entering").WaitForAsync();
        await row.GetByText("Amara Okafor").WaitForAsync();
        await customer.TypeCardAsync(page);
        await row.GetByText("All captured").WaitForAsync();
        (await row.InnerTextAsync()).ShouldNotContain("1111");
        await priya.ShouldBeFineAsync();

        await row.GetByRole(AriaRole.Link).ClickAsync();
        await priya.PhaseAsync("All captured");
        (await priya.Primary().CountAsync()).ShouldBe(0);
        await priya.GoBackAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await priya.Button("Take it over").ClickAsync();

        await page.GetByText("Priya is taking this payment").WaitForAsync();
        await priya.TakeAsync();
        await priya.OpenAsync(App, "/board");
        await row.GetByText("Paid", new() { Exact = true }).WaitForAsync();
        await Assertions.Expect(priya.GetByText("Taken in USD")).ToBeVisibleAsync();
        await priya.SetViewportSizeAsync(360, 740);
        await priya.ShouldBeFineAsync();
    });

    [BrowserFact]
    public Task SignIn_AsASupervisor_OpensTheBoard() => OnPageAsync(async page =>
    {
        await page.SignInAsync(PageActs.Priya);

        page.Url.ShouldBe(App.Url + "board");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Board", Level = 1 }).WaitForAsync();
    });
}
