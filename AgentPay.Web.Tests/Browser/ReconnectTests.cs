using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.TwilioApi;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>A page that loses its connection or server during a card number, and reconnects.</summary>
public sealed class ReconnectTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    // What the browser says of a server that is away.
    private static readonly string[] Away = ["WebSocket", "ERR_", "Connection disconnected", "Failed to", "Error: ", "Cannot send"];

    [BrowserFact]
    public async Task ServerRestarted_InMidEntry_BlocksThePageAndGoesOnWithThePayment()
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
                var customer = await Customer.CallInAsync(sandbox.Control);
                await page.SignInAsync(PageActs.Amara);
                await page.PopAsync(console, customer.Call);
                await page.StartAsync();
                await customer.PressAsync(Customer.Visa);
                await page.StateAsync("expiration-date", "Waiting");
                var address = page.Url;
                await page.EvaluateAsync("() => window.isOld = true");

                await console.StopAsync();
                await ShouldBlockAsync(page);
                await console.StartAsync();

                await page.WaitForFunctionAsync("() => !window.isOld");
                await page.StateAsync("payment-card-number", "Captured");
                page.Url.ShouldBe(address);
                await page.GetByRole(AriaRole.Alertdialog).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
                await customer.TypeRestAsync(page);
                await page.TakeAsync();
            }, expected: Away);
        }
        finally
        {
            await console.StopAsync();
        }
    }

    [BrowserFact]
    public Task ConnectionLost_InMidEntry_GoesOnOnTheSamePageWithWhatTheCallerTypedMeanwhile() => OnCallAsync(async (page, customer) =>
    {
        IWebSocketRoute? line = null;
        await page.RouteWebSocketAsync(url => url.Contains("/_blazor", StringComparison.Ordinal), socket =>
        {
            line = socket;
            socket.ConnectToServer();
        });
        await page.ReloadAsync();
        await page.LiveAsync();
        await page.StartAsync();
        await customer.PressAsync("4111");
        await page.StateAsync("payment-card-number", "Entering");
        await page.EvaluateAsync("() => window.isOld = true");
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).FocusAsync();
        var mayReconnect = new TaskCompletionSource();
        await page.RouteAsync("**/_blazor/negotiate*", async route =>
        {
            await mayReconnect.Task;
            await route.ContinueAsync();
        });

        await line!.CloseAsync();
        var dialog = page.GetByRole(AriaRole.Alertdialog);
        await dialog.WaitForAsync();
        await customer.PressAsync("111111111111");
        mayReconnect.SetResult();

        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        (await page.EvaluateAsync<bool>("() => window.isOld === true")).ShouldBeTrue();
        (await page.FocusedAsync()).ShouldContain("History");
        await customer.TypeRestAsync(page);
        await page.TakeAsync();
    }, expected: Away);

    private static async Task ShouldBlockAsync(IPage page)
    {
        var dialog = page.GetByRole(AriaRole.Alertdialog);
        await dialog.WaitForAsync();
        (await page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldBe("reconnect-dialog");
        // Browsers close a dialog on the second Escape, whatever its page says to the first.
        for (var i = 0; i < 3; i++) await page.Keyboard.PressAsync("Escape");
        (await page.EvaluateAsync<bool>("() => document.activeElement.matches(':modal')")).ShouldBeTrue();
        (await dialog.TextContentAsync()).ShouldNotBeNull().ShouldContain("The call and the caller's entry carry on.");
        await page.ShouldBeAccessibleAsync();
    }
}
