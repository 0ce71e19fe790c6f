using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.TwilioApi;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

public sealed class ReconnectTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    // What the browser says of a server that is away.
    private static readonly string[] Away = ["WebSocket", "ERR_", "Connection disconnected", "Failed to", "Error: ", "Cannot send"];

    [BrowserFact]
    public async Task ServerRestarted_WhileAPageIsOpen_BlocksThePageAndBringsItBackByItself()
    {
        // A server of its own plays Twilio and Entra: it keeps the state, and the keys of the cookies.
        await using var sandbox = new SandboxApp(realTime: true);
        var own = $"http://127.0.0.1:{FixedPort.Next()}";
        var console = new ConsoleApp(new(LiveApp.Settings(sandbox)) { ["urls"] = own, ["AgentPay:PublicBaseUrl"] = own });
        await console.StartAsync();
        try
        {
            await OnPageAsync(console, async page =>
            {
                await page.SignInAsync(PageActs.Amara);
                await page.OpenAsync(console, "/pay?uui=7");
                await page.GetByRole(AriaRole.Link, new() { Name = "History" }).FocusAsync();
                await page.EvaluateAsync("() => window.isOld = true");

                await console.StopAsync();
                var dialog = page.GetByRole(AriaRole.Alertdialog);
                await dialog.WaitForAsync();
                (await page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldBe("reconnect-dialog");
                // Browsers close a dialog on the second Escape, whatever its page says to the first.
                for (var i = 0; i < 3; i++) await page.Keyboard.PressAsync("Escape");
                (await page.EvaluateAsync<bool>("() => document.activeElement.matches(':modal')")).ShouldBeTrue();
                (await dialog.TextContentAsync()).ShouldNotBeNull().ShouldContain("The call and the caller's entry carry on.");
                await page.ShouldBeAccessibleAsync();
                await console.StartAsync();

                await page.WaitForFunctionAsync("() => !window.isOld", options: new() { Timeout = 120_000 });
                await page.LiveAsync();
                new Uri(page.Url).PathAndQuery.ShouldBe("/pay?uui=7");
                await dialog.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
            }, expected: Away);
        }
        finally
        {
            await console.StopAsync();
        }
    }

    [BrowserFact]
    public Task ConnectionLost_AndThereAgain_GoesOnOnTheSamePageWithTheFocusWhereItWas() => OnPageAsync(async page =>
    {
        IWebSocketRoute? line = null;
        await page.RouteWebSocketAsync(url => url.Contains("/_blazor", StringComparison.Ordinal), socket =>
        {
            line = socket;
            socket.ConnectToServer();
        });
        await page.SignInAsync(PageActs.Amara);
        await page.EvaluateAsync("() => window.isOld = true");
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).FocusAsync();
        var dialog = page.GetByRole(AriaRole.Alertdialog);
        var seen = dialog.WaitForAsync();

        await line!.CloseAsync();
        await seen;
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        (await page.EvaluateAsync<bool>("() => window.isOld === true")).ShouldBeTrue();
        (await page.FocusedAsync()).ShouldContain("History");
    }, expected: Away);
}
