using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>
/// The console in a frame of a CTI desktop. Its page is made up by the browser; it is of the same site, as cookies for others need https.
/// </summary>
public sealed class FrameTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    private const string Desktop = "http://127.0.0.1:9999";

    [BrowserFact]
    public async Task Frame_NotSignedIn_SignsInInAWindowAndGoesOnByItself()
    {
        var console = new ConsoleApp(new() { ["AgentPay:FrameAncestors:0"] = Desktop });
        await console.StartAsync();
        try
        {
            await OnPageAsync(console, async page =>
            {
                var frame = await ShowDesktopAsync(page, console);

                var window = await page.RunAndWaitForPopupAsync(() =>
                    frame.GetByRole(AriaRole.Link, new() { Name = "Sign in in a new window" }).ClickAsync());
                await window.GetByRole(AriaRole.Button, new() { Name = PageActs.Amara }).ClickAsync();

                await frame.Locator("main[data-live]").WaitForAsync();
                (await page.EvaluateAsync<int>("() => frames[0].length")).ShouldBe(0);
            }, new(380, 800), ["401", "Blocked autofocusing"]);
        }
        finally
        {
            await console.StopAsync();
        }
    }

    [BrowserFact]
    public Task Frame_OfASiteThatMayNot_StaysBlank() => OnPageAsync(async page =>
    {
        await ShowDesktopAsync(page, App);

        (await page.Frames[^1].Locator("main").CountAsync()).ShouldBe(0);
    }, expected: ["frame", "ERR_BLOCKED_BY_RESPONSE"]);

    private static async Task<IFrameLocator> ShowDesktopAsync(IPage page, ConsoleApp console)
    {
        await page.RouteAsync(Desktop + "/**", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"<!DOCTYPE html><html lang=en><title>Desktop</title><iframe title=AgentPay style='width:100%;height:700px;border:0' src='{console.Url}pay?uui=7'></iframe></html>",
        }));
        await page.GotoAsync(Desktop + "/desk");
        return page.FrameLocator("iframe");
    }
}
