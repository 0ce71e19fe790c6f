using AgentPay.Web.Tests.Support;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>
/// The pictures of the README, made from the running product: <c>dotnet test --filter Category=Pictures</c> writes them to
/// <c>docs/pictures</c>.
/// Not a part of the usual run.
/// </summary>
[Trait("Category", "Pictures")]
public sealed class Pictures(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Console_FromTheCallToTheReceipt(bool isDark) => OnConsoleAsync(PageActs.Amara, async page =>
    {
        string[] others = [await Control.CallInAsync(from: "+61491570156"), await Control.CallInAsync(from: "+61491570157", answer: false)];
        var call = await Control.CallInAsync(from: "+61491570158");
        await page.OpenAsync(App,
            $"/pay?callSid={call}&amount=120&currency=AUD&description=Spring%20service&reference=INV-{(isDark ? 2042 : 2041)}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Rows(page, "Waiting").First.WaitForAsync();
        await Control.PressAsync(call, "4111111111111111");
        await Rows(page, "Captured").First.WaitForAsync();
        await Control.PressAsync(call, "12");
        await Rows(page, "Entering").First.WaitForAsync();
        await KeepAsync(page, "capturing", isDark);
        await Control.PressAsync(call, "30");
        await Rows(page, "Captured").Nth(1).WaitForAsync();
        await Control.PressAsync(call, "123");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take 120" }).ClickAsync();
        await page.Locator("[data-outcome]").WaitForAsync();
        await KeepAsync(page, "paid", isDark);
        await page.OpenAsync(App, "/history");
        await page.GetByText("Visa ending 1111").First.WaitForAsync();
        await KeepAsync(page, "history", isDark);
        foreach (var over in (string[])[call, .. others]) await Control.HangUpAsync(over);
    }, new(1600, 900, isDark, TimeZone: "Australia/Sydney"));

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Console_OnAPhone(bool isDark) => OnConsoleAsync(PageActs.Ben, async page =>
    {
        var call = await Control.CallInAsync(from: "+61491570159");
        await page.OpenAsync(App, $"/pay?callSid={call}&amount=45.50&currency=AUD");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Rows(page, "Waiting").First.WaitForAsync();
        await Control.PressAsync(call, "5555555555");
        await Rows(page, "Entering").First.WaitForAsync();
        await KeepAsync(page, "narrow", isDark);
        await Control.HangUpAsync(call);
    }, new(380, 1280, isDark, TimeZone: "Australia/Sydney"));

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Setup(bool isDark) => OnConsoleAsync(PageActs.Tomas, async page =>
    {
        await page.OpenAsync(App, "/setup");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run" }).ClickAsync();
        await page.GetByText("lists the account's calls").WaitForAsync();
        await KeepAsync(page, "setup", isDark);
    }, new(1280, 1000, isDark));

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Telephone(bool isDark) => OnPageAsync(async page =>
    {
        await page.GotoAsync(new Uri(App.Url, isDark ? "/sandbox/phone?from=%2B61491570156" : "/sandbox/phone").AbsoluteUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the console for this call" }).WaitForAsync();
        await KeepAsync(page, "phone", isDark);
    }, new(1280, 900, isDark));

    private static ILocator Rows(IPage page, string state) => page.Locator("[data-row]").GetByText(state, new() { Exact = true });

    private static async Task KeepAsync(IPage page, string name, bool isDark) => await page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Repository.Root, "docs", "pictures", $"{name}{(isDark ? "-dark" : "")}.png"),
        Animations = ScreenshotAnimations.Disabled,
    });
}
