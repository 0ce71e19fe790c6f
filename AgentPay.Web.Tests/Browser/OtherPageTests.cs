using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>The pages beside the payment pass axe in both themes and fit a phone.</summary>
public sealed class OtherPageTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserFact]
    public Task History_EnterInTheSearch_SearchesWithoutLoadingThePageAgain() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        await page.EvaluateAsync("() => window.isSamePage = true");
        var search = page.GetByLabel("Search", new() { Exact = true });

        await search.FillAsync("INV-nowhere");
        await search.PressAsync("Enter");

        await page.WaitForFunctionAsync("() => location.search === '?text=INV-nowhere'");
        (await page.EvaluateAsync<bool>("() => window.isSamePage === true")).ShouldBeTrue();
        await page.ReloadAsync();
        await page.LiveAsync();
        (await search.InputValueAsync()).ShouldBe("INV-nowhere");
    }, path: "/history");

    [BrowserFact]
    public Task Setup_AfterItsSelfTest_IsFine() => OnConsoleAsync(PageActs.Tomas, async page =>
    {
        await page.Button("Run the self-test").ClickAsync();
        await page.Button("Run it again").WaitForAsync();

        await page.ShouldBeFineAsync();
    }, Desk.Phone, path: "/setup");

    [BrowserFact]
    public Task Sandbox_ItsStartItsPhoneAndItsSignIn_AreFine() => OnPageAsync(async page =>
    {
        await page.GetByRole(AriaRole.Button, new() { Name = PageActs.Amara }).WaitForAsync();
        await page.ShouldBeFineAsync();
        await page.GotoAsync(App.Url + "sandbox");
        await page.ShouldBeFineAsync();
        await page.GotoAsync(App.Url + "sandbox/phone?from=%2B61400000075");
        await page.Locator("[data-do=call]").ClickAsync();
        await page.Locator("[data-do=agent-answer]").ClickAsync();
        await page.Locator("[data-do=customer-hangup]").WaitForAsync();
        await page.ShouldBeFineAsync();
        await page.Locator("[data-do=customer-hangup]").ClickAsync();
    }, Desk.Phone);
}
