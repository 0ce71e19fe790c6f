using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>Searching, checking and exporting payments in the history.</summary>
public sealed class HistoryTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserFact]
    public Task Supervisor_SearchesTheCallersNumber_SeesTotalsAndDownloadsThem() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        var customer = new Customer(Control, await Control.CallInAsync(from: "+61400771234"));
        await page.OpenAsync(App, "/pay?callSid=" + customer.Call);
        await page.Locator("#amount").WaitForAsync();
        await page.StartAsync("47.11");
        await customer.TypeCardAsync(page);
        await page.TakeAsync();
        await customer.HangUpAsync();

        var priya = await SeatAsync(PageActs.Priya, "/history?range=this-month&text=0400%20771%20234");
        var totals = priya.GetByRole(AriaRole.Region, new() { Name = "Totals of the payments shown" });
        await totals.GetByText("47.11").WaitForAsync();
        await priya.GetByText("By agent").ClickAsync();
        await priya.GetByRole(AriaRole.Table, new() { Name = "By agent" }).GetByText("Amara").WaitForAsync();
        var found = priya.Record().Filter(new() { HasText = "47.11" });
        await found.GetByRole(AriaRole.Button, new() { Name = "Details of the payment" }).ClickAsync();
        await priya.GetByText("+61400771234").First.WaitForAsync();
        await priya.ShouldBeFineAsync();
        await priya.SetViewportSizeAsync(360, 740);
        await priya.ShouldBeFineAsync();
        var download = await priya.RunAndWaitForDownloadAsync(() => priya.GetByRole(AriaRole.Link, new() { Name = "Export CSV" })
            .ClickAsync());
        (await File.ReadAllTextAsync(await download.PathAsync())).ShouldContain(",success,47.11,");

        await priya.GotoAsync(new Uri(App.Url, await priya.GetByRole(AriaRole.Link, new() { Name = "Print view" })
            .GetAttributeAsync("href") ?? "").AbsoluteUri);
        await priya.GetByRole(AriaRole.Table, new() { Name = "Payments" }).GetByText("47.11").WaitForAsync();
        await priya.ShouldBeFineAsync();

        await page.OpenAsync(App, "/history?text=0400%20771%20234");
        await page.GetByText("No matching payments").WaitForAsync();
        await page.OpenAsync(App, "/history?text=***234");
        // Other payments may have these three digits elsewhere.
        var own = page.Record().Filter(new() { HasText = "47.11" });
        await own.GetByRole(AriaRole.Button, new() { Name = "Details of the payment" }).ClickAsync();
        await page.GetByText("***234").First.WaitForAsync();
    });
}
