using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>Actions of an agent on a payment, and locators of the panel's parts.</summary>
internal static class PaymentActs
{
    public static ILocator Panel(this IPage page) => page.Locator("#payment-panel");

    public static ILocator Primary(this IPage page) => page.Locator("[data-primary]");

    /// <summary>What is being captured.</summary>
    /// <param name="field">As Twilio names it.</param>
    public static ILocator Row(this IPage page, string field) => page.Locator($"[data-row={field}]");

    public static ILocator Outcome(this IPage page) => page.Locator("[data-outcome]");

    /// <summary>The payments of the day in the history. Those that need checking stand above it, of every day.</summary>
    public static ILocator Record(this IPage page) => page.Locator(".record:not(.to-check)");

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Opens a call as its CRM does, and waits for its form.</summary>
    public static async Task PopAsync(this IPage page, ConsoleApp console, string call)
    {
        await page.OpenAsync(console, "/pay?callSid=" + call);
        await page.Locator("#amount").WaitForAsync();
    }

    /// <summary>Starts the payment on the call that is open; the caller is asked for the card number after this.</summary>
    public static async Task StartAsync(this IPage page, string amount = "12.50")
    {
        await page.Locator("#amount").FillAsync(amount);
        await page.Primary().ClickAsync();
        await page.StateAsync("payment-card-number", "Waiting");
    }

    /// <summary>Waits until the heading says so of the payment.</summary>
    public static Task PhaseAsync(this IPage page, string word) =>
        page.Panel().Locator("header").GetByText(word, new() { Exact = true }).WaitForAsync();

    /// <summary>Waits until the row says so of its field.</summary>
    public static Task StateAsync(this IPage page, string field, string word) =>
        page.Row(field).GetByText(word, new() { Exact = true }).WaitForAsync();

    /// <summary>Waits until the row shows this number of digits.</summary>
    public static Task DigitsAsync(this IPage page, string field, int count) =>
        Assertions.Expect(page.Row(field).Locator(".full")).ToHaveCountAsync(count);

    /// <summary>Takes what has been captured, and waits until it is paid.</summary>
    public static async Task TakeAsync(this IPage page)
    {
        await page.PhaseAsync("All captured");
        await page.Primary().ClickAsync();
        await page.PhaseAsync("Paid");
    }
}
