using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>One payment on several screens: tabs, agents, supervisors, reloads, sign-outs.</summary>
public sealed class PaymentPeopleTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
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
    public Task Call_TakenOverAndThenHandedOver_MovesWithItsPayment() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync();
        // A field waits for so long only; a captured card waits for minutes.
        await customer.TypeCardAsync(page);
        var ben = await SeatAsync(PageActs.Ben, "/pay?callSid=" + customer.Call);
        await ben.GetByText("and supervisors can see its payment.").WaitForAsync();
        await ben.ShouldBeFineAsync();
        await ben.OpenAsync(App, "/");
        var priya = await SeatAsync(PageActs.Priya, "/pay?callSid=" + customer.Call);
        await priya.PhaseAsync("All captured");
        (await priya.Primary().CountAsync()).ShouldBe(0);
        await priya.ShouldBeFineAsync();

        await priya.Button("Take over").ClickAsync();
        (await priya.FocusedAsync()).ShouldBe("Leave it");
        await priya.Button("Take it over").ClickAsync();
        await page.GetByText("Priya is taking this payment").WaitForAsync();
        await priya.Button("Release").WaitForAsync();
        await priya.Button("Cancel payment").WaitForAsync();
        (await priya.Button("Take over").CountAsync()).ShouldBe(0);
        (await page.Button("Cancel payment").CountAsync()).ShouldBe(0);
        await page.ShouldBeFineAsync();
        await priya.ShouldBeFineAsync();

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
        await page.StartAsync("31.47");
        await customer.TypeCardAsync(page, Customer.Malformed);
        await page.Primary().ClickAsync();
        await page.PhaseAsync("Needs checking");
        await page.GetByText("A supervisor closes the check").WaitForAsync();
        (await page.Button("Close the check").CountAsync()).ShouldBe(0);

        var priya = await SeatAsync(PageActs.Priya, "/history");
        var checks = priya.GetByRole(AriaRole.Region, new() { Name = "Needs checking" });
        // Payments of other tests may need checking as well.
        await checks.Locator(".record", new() { HasText = "31.47" }).GetByRole(AriaRole.Button, new() { Name = "Details of the payment" })
            .ClickAsync();
        await checks.GetByRole(AriaRole.Radio, new() { Name = "Not charged", Exact = true }).CheckAsync();
        await checks.GetByLabel("Note (optional)").FillAsync("not in the gateway");
        await checks.GetByRole(AriaRole.Button, new() { Name = "Close the check" }).ClickAsync();
        await priya.GetByText("Checked: not charged").First.WaitForAsync();

        await page.Panel().GetByText("Checked by Priya").WaitForAsync();
        await page.Button("Try again").ClickAsync();
        await page.StateAsync("payment-card-number", "Waiting");
    });

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
        await other.IsAtAsync("/signed-out$");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Your sign-in has ended" }).WaitForAsync();
        (await page.GetByRole(AriaRole.Alert).TextContentAsync()).ShouldNotBeNull().ShouldStartWith("Your sign-in has ended.");
        await page.ShouldBeAccessibleAsync();
        (await page.InnerTextAsync("body")).ShouldNotContain("1111");
        await customer.PressAsync(Customer.Expiry);
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        await page.SignInAsync(PageActs.Amara);

        await page.StateAsync("security-code", "Waiting");
        await customer.PressAsync("123");
        await page.TakeAsync();
    }, Desk.Own, expected: ["401"]);
}
