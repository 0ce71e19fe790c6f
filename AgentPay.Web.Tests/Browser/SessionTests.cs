using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

public sealed class SessionTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserFact]
    public Task Session_WhileSomebodyWorks_IsKeptAlive() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        var asked = 0;
        page.Request += (_, request) => asked += request.Url.EndsWith("/session", StringComparison.Ordinal) ? 1 : 0;

        await page.Keyboard.PressAsync("Tab");
        asked.ShouldBe(0);
        await PassAsync(page, minutes: 6);
        var answer = await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync("Tab"), answer =>
            answer.Url.EndsWith("/session", StringComparison.Ordinal));

        answer.Status.ShouldBe(204);
        await page.Keyboard.PressAsync("Tab");
        asked.ShouldBe(1);
    }, Desk.Own);

    [BrowserFact]
    public Task Session_OverWithoutTheCircuitKnowing_LeadsToTheSignInAndBack() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        await page.OpenAsync(App, "/pay?uui=7");
        await page.Context.ClearCookiesAsync();

        await PassAsync(page, minutes: 6);
        await page.Keyboard.PressAsync("Tab");
        await page.SignInAsync(PageActs.Amara);

        new Uri(page.Url).PathAndQuery.ShouldBe("/pay?uui=7");
    }, Desk.Own, expected: ["401"]);

    [BrowserFact]
    public Task WithoutACircuit_ReadingLinksThemeHelpAndSignOutWork() => OnConsoleAsync(PageActs.Priya, async page =>
    {
        await page.RouteAsync("**/_blazor/**", route => route.AbortAsync());
        await page.ReloadAsync();

        await page.GetByRole(AriaRole.Heading, new() { Name = "Live calls" }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await page.IsAtAsync("/history$");
        // Blazor may load the page into the present one, which closes an open menu.
        await page.GetByRole(AriaRole.Heading, new() { Name = "History", Exact = true }).WaitForAsync();
        await page.GetByTitle("Theme").ClickAsync();
        await page.GetByLabel("Dark").CheckAsync();
        (await page.Locator("html[data-appearance=dark]").CountAsync()).ShouldBe(1);
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keyboard" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" }).WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        (await page.Locator("main[data-live]").CountAsync()).ShouldBe(0);
        await page.GetByTitle("Signed in as").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.IsAtAsync("/signed-out$");
    }, Desk.Own, expected: ["ERR_FAILED", "Failed to", "Error: "]);

    /// <summary>Sets the clock of the page forward.</summary>
    private static async Task PassAsync(IPage page, int minutes) =>
        await page.EvaluateAsync("minutes => { const now = Date.now; Date.now = () => now() + minutes * 60_000; }", minutes);
}
