using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>What every page of the frame has to stand: narrow windows, both themes, axe, the keyboard.</summary>
public sealed class PageTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    private static readonly string[] Bare = ["403", "404"];

    [BrowserTheory]
    [InlineData("/denied?reason=no-role")]
    [InlineData("/denied?reason=token-refused&reference=00AB12CD34")]
    [InlineData("/signed-out")]
    [InlineData("/signin-window")]
    [InlineData("/nothing-here")]
    [InlineData("/error")]
    public Task Page_ForNobodyInParticular_IsAccessibleAndFitsAPhone(string path) => OnPageAsync(async page =>
    {
        await page.GotoAsync(new Uri(App.Url, path).AbsoluteUri);

        await page.ShouldBeFineAsync();
    }, Desk.Phone, Bare);

    [BrowserTheory]
    [InlineData(360)]
    [InlineData(1280)]
    public Task Console_WithItsMenuAndItsHelpOpen_IsAccessibleAndFits(int width) => OnPageAsync(async page =>
    {
        await page.SignInAsync(PageActs.Priya);
        await page.ShouldBeFineAsync();

        await page.Locator("details.user-menu summary").ClickAsync();
        await page.ShouldBeFineAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keyboard" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await page.ShouldBeFineAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByTitle("Theme").ClickAsync();
        await page.GetByLabel("Dark").WaitForAsync();
        await page.ShouldBeFineAsync();
    }, new(width, 740));

    [BrowserFact]
    public Task UnknownPage_OfSomeoneSignedIn_LeadsBack() => OnPageAsync(async page =>
    {
        await page.SignInAsync(PageActs.Amara);
        await page.GotoAsync(new Uri(App.Url, "/nothing-here").AbsoluteUri);

        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the start" }).ClickAsync();

        await page.LiveAsync();
    }, expected: Bare);

    [BrowserFact]
    public Task Keyboard_FromTheTop_GoesThroughTheBarInReadingOrder() => OnPageAsync(async page =>
    {
        await page.SignInAsync(PageActs.Amara);
        // The page begins at its heading; the bar is above.
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.ReloadAsync();
        await page.LiveAsync();
        await page.EvaluateAsync("() => document.querySelector('.skip').focus()");

        var order = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            order.Add(await page.EvaluateAsync<string>("() => (document.activeElement.ariaLabel || document.activeElement.innerText).trim()"));
            await page.Keyboard.PressAsync("Tab");
        }

        order.ShouldBe(["Skip to the content", "AgentPay", "Payments", "History", "Open the phone", "Keyboard", "Theme"]);
    });

    [BrowserFact]
    public Task SkipLink_Pressed_LeadsToTheContent() => OnPageAsync(async page =>
    {
        await page.SignInAsync(PageActs.Amara);
        await page.OpenAsync(App, "/pay?uui=7");

        await page.Locator(".skip").FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForFunctionAsync("() => document.activeElement.id === 'content'");
        new Uri(page.Url).PathAndQuery.ShouldBe("/pay?uui=7");
    });

    [BrowserFact]
    public Task QuestionMark_OnAPage_ShowsTheShortcutsUntilTheyAreTurnedOff() => OnPageAsync(async page =>
    {
        await page.SignInAsync(PageActs.Amara);
        var help = page.GetByRole(AriaRole.Dialog);

        await page.Keyboard.PressAsync("?");
        await help.WaitForAsync();
        await page.GetByLabel("Shortcuts are on").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.ReloadAsync();
        await page.LiveAsync();
        await page.Keyboard.PressAsync("?");

        (await help.CountAsync()).ShouldBe(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keyboard" }).ClickAsync();
        (await page.GetByLabel("Shortcuts are on").IsCheckedAsync()).ShouldBeFalse();
    });
}
