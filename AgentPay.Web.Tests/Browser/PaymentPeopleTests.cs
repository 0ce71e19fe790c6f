using AgentPay.Web.Tests.Identity;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.Tests.TwilioApi;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>One payment on several screens, and through what happens to a screen: tabs, agents, supervisors, reloads, lost connections, sign-outs.</summary>
public sealed class PaymentPeopleTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    // What the browser says of a server that is away.
    private static readonly string[] Away = ["WebSocket", "ERR_", "Connection disconnected", "Failed to", "Error: ", "Cannot send"];

    [BrowserFact]
    public Task ReloadAndSecondTab_InMidEntry_ShowTheSameStepAndDigits() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync();
        await customer.PressAsync("41111");
        await page.DigitsAsync("payment-card-number", 5);

        await page.ReloadAsync();
        await page.DigitsAsync("payment-card-number", 5);
        var other = await page.Context.NewPageAsync();
        await other.OpenAsync(App, new Uri(page.Url).PathAndQuery);
        await other.DigitsAsync("payment-card-number", 5);

        await customer.PressAsync("11111111111");
        await page.StateAsync("expiration-date", "Waiting");
        await other.StateAsync("expiration-date", "Waiting");
    });

    [BrowserFact]
    public Task TwoAgents_AtOnce_SeeNothingOfEachOther() => OnCallAsync(async (page, customer) =>
    {
        var ben = await SeatAsync(PageActs.Ben);
        var other = await Customer.CallInAsync(Control);
        await ben.PopAsync(App, other.Call);
        await page.StartAsync("11.11");
        await ben.StartAsync("22.22");

        await customer.TypeCardAsync(page);
        await other.TypeCardAsync(ben, "5555555555554444");

        var (hers, his) = (await page.InnerTextAsync("body"), await ben.InnerTextAsync("body"));
        foreach (var text in (string[])["11.11", "1111"]) (hers.Contains(text), his.Contains(text)).ShouldBe((true, false), text);
        foreach (var text in (string[])["22.22", "4444"]) (hers.Contains(text), his.Contains(text)).ShouldBe((false, true), text);
        await page.TakeAsync();
        await ben.PhaseAsync("All captured");
        await ben.OpenAsync(App, "/pay?callSid=" + customer.Call);
        await ben.GetByText("and supervisors can see its payment.").WaitForAsync();
        (await ben.Panel().CountAsync()).ShouldBe(0);
        await other.HangUpAsync();
    });

    [BrowserFact]
    public Task Call_TakenOverAndThenHandedOver_MovesWithItsPayment() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync();
        // A field waits for so long only; a captured card waits for minutes.
        await customer.TypeCardAsync(page);
        var (priya, ben) = (await SeatAsync(PageActs.Priya), await SeatAsync(PageActs.Ben));
        await priya.OpenAsync(App, "/pay?callSid=" + customer.Call);
        await priya.PhaseAsync("All captured");
        (await priya.Primary().CountAsync()).ShouldBe(0);

        await priya.Button("Take over").ClickAsync();
        (await priya.FocusedAsync()).ShouldBe("Leave it");
        await priya.Button("Take it over").ClickAsync();
        await page.GetByText("Priya is taking this payment").WaitForAsync();
        await priya.Button("Release").WaitForAsync();
        await priya.Button("Cancel payment").WaitForAsync();
        (await priya.Button("Take over").CountAsync()).ShouldBe(0);
        (await page.Button("Cancel payment").CountAsync()).ShouldBe(0);

        await priya.Button("Hand over to…").ClickAsync();
        await priya.GetByLabel("Hand over to", new() { Exact = true }).SelectOptionAsync(PageActs.Ben);
        await priya.Button("Hand over").ClickAsync();
        await ben.GetByText("Priya Raman handed this call to you").First.WaitForAsync();
        await ben.ShouldBeFineAsync();
        await ben.GetByRole(AriaRole.Link, new() { Name = "Open the call" }).ClickAsync();
        await ben.TakeAsync();

        foreach (var former in new[] { page, priya })
        {
            await former.GetByRole(AriaRole.Heading, new() { Name = "Paid by Ben" }).WaitForAsync();
            (await former.Button("New payment").CountAsync()).ShouldBe(0);
        }
        await page.ShouldBeFineAsync();
    });

    [BrowserFact]
    public Task Supervisor_ClosesADoubtfulPayment_AndTheAgentTriesAgain() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync();
        await customer.TypeCardAsync(page, Customer.Malformed);
        await page.Primary().ClickAsync();
        await page.PhaseAsync("Needs checking");
        await page.GetByText("A supervisor closes the check").WaitForAsync();
        (await page.Button("Close the check").CountAsync()).ShouldBe(0);

        var priya = await SeatAsync(PageActs.Priya);
        await priya.OpenAsync(App, "/history");
        var checks = priya.GetByRole(AriaRole.Region, new() { Name = "Needs checking" });
        await checks.GetByRole(AriaRole.Button, new() { Name = "Details of the payment" }).First.ClickAsync();
        await checks.GetByRole(AriaRole.Radio, new() { Name = "Not charged", Exact = true }).CheckAsync();
        await checks.GetByLabel("Note (optional)").FillAsync("not in the gateway");
        await checks.GetByRole(AriaRole.Button, new() { Name = "Close the check" }).ClickAsync();
        await priya.GetByText("Checked: not charged").First.WaitForAsync();

        await page.Panel().GetByText("Checked by Priya").WaitForAsync();
        await page.Button("Try again").ClickAsync();
        await page.StateAsync("payment-card-number", "Waiting");
    });

    [BrowserFact]
    public Task ConnectionLost_InMidEntry_CatchesUpWithWhatTheCallerTypedMeanwhile() => OnCallAsync(async (page, customer) =>
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

        await line!.CloseAsync();
        await customer.PressAsync("111111111111");

        await customer.TypeRestAsync(page);
        await page.TakeAsync();
    }, expected: Away);

    [BrowserFact]
    public async Task ServerRestarted_InMidEntry_GoesOnWithThePayment()
    {
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
                await page.EvaluateAsync("() => window.isOld = true");

                await console.StopAsync();
                await page.GetByRole(AriaRole.Alertdialog).WaitForAsync();
                await console.StartAsync();

                await page.WaitForFunctionAsync("() => !window.isOld", options: new() { Timeout = 120_000 });
                await page.StateAsync("payment-card-number", "Captured");
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
    public Task SignOut_InMidPayment_ComesBackToTheSameCallAndStep() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync();
        await customer.PressAsync(Customer.Visa);
        await page.StateAsync("expiration-date", "Waiting");
        var other = await page.Context.NewPageAsync();
        await other.OpenAsync(App, "/history");

        await other.Locator("details.user-menu summary").ClickAsync();
        await other.Button("Sign out").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Your sign-in has ended" }).WaitForAsync();
        (await page.InnerTextAsync("body")).ShouldNotContain("1111");
        await customer.PressAsync(Customer.Expiry);
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        await page.SignInAsync(PageActs.Amara);

        await page.StateAsync("security-code", "Waiting");
        await customer.PressAsync("123");
        await page.TakeAsync();
    }, expected: ["401"]);
}
