using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>Checks of every page: narrow windows, both themes, axe, the keyboard.</summary>
public sealed class PageTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    private static readonly string[] Bare = ["403", "404"];

    [BrowserFact]
    public Task Page_ForNobodyInParticular_IsAccessibleAndFitsAPhone() => OnPageAsync(async page =>
    {
        string[] paths =
        [
            "denied?reason=no-role", "denied?reason=cancelled", "denied?reason=token-refused&reference=00AB12CD34",
            "signed-out", "signin-window", "nothing-here", "error",
        ];
        foreach (var path in paths)
        {
            await page.GotoAsync(App.Url + path);
            await page.ShouldBeFineAsync();
        }
    }, Desk.Phone, Bare);

    [BrowserFact]
    public Task Console_WithItsMenuAndItsHelpOpen_IsAccessibleAndFits() => OnConsoleAsync(PageActs.Priya, async page =>
    {
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
        await page.SetViewportSizeAsync(Desk.Usual.Width, Desk.Usual.Height);
        await page.ShouldBeFineAsync();
    }, Desk.Phone);

    [BrowserFact]
    public Task UnknownPage_OfSomeoneSignedIn_LeadsBack() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        await page.GotoAsync(new Uri(App.Url, "/nothing-here").AbsoluteUri);

        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the start" }).ClickAsync();

        await page.LiveAsync();
    }, expected: Bare);

    [BrowserFact]
    public Task Keyboard_FromTheTop_GoesThroughTheBarInReadingOrder() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        // The page begins at its heading; the bar is above.
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.ReloadAsync();
        await page.LiveAsync();
        await page.EvaluateAsync("() => document.querySelector('.skip').focus()");

        var order = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            order.Add(
                await page.EvaluateAsync<string>("() => (document.activeElement.ariaLabel || document.activeElement.innerText).trim()"));
            await page.Keyboard.PressAsync("Tab");
        }

        order.ShouldBe(["Skip to the content", "AgentPay", "Payments", "History", "Open the phone", "New calls", "Keyboard", "Theme"]);
    });

    [BrowserFact]
    public Task SkipLink_Pressed_LeadsToTheContent() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        await page.OpenAsync(App, "/pay?uui=7");

        await page.Locator(".skip").FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForFunctionAsync("() => document.activeElement.id === 'content'");
        new Uri(page.Url).PathAndQuery.ShouldBe("/pay?uui=7");
    });

    [BrowserFact]
    public Task QuestionMark_OnAPage_ShowsTheShortcutsUntilTheyAreTurnedOff() => OnConsoleAsync(PageActs.Amara, async page =>
    {
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
    }, Desk.Own);
}
