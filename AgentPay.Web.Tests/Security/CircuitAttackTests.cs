using System.Text.RegularExpressions;
using AgentPay.Web.CardData;
using AgentPay.Web.Tests.Browser;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Security;

/// <summary>Attacks by signed-in people over an open circuit, where no request filter runs.</summary>
public sealed partial class CircuitAttackTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserFact]
    public Task Router_LedToAPageOfAnotherRole_ShowsNothingOfIt() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        await LeadAsync(page, "setup");
        (await page.ContentAsync()).ShouldNotContain("self-test");

        var tomas = await SeatAsync(PageActs.Tomas);
        await LeadAsync(tomas, "history");
        (await tomas.ContentAsync()).ShouldNotContain("The day before");
    });

    [BrowserFact]
    public Task AnothersPayment_OpenedByItsAddress_ShowsNeitherAmountNorDigits() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync("73.19");
        await page.StateAsync("payment-card-number", "Waiting");
        await customer.PressAsync(Customer.Visa);
        await page.StateAsync("expiration-date", "Waiting");
        (await page.ContentAsync()).ShouldContain("73.19");

        var ben = await SeatAsync(PageActs.Ben);
        foreach (var address in (string[])[$"/pay?callSid={customer.Call}", $"/pay?callSid={customer.Call}&amount=1&currency=USD",
            $"/pay?uui={customer.Call}", $"/?callSid={customer.Call}"])
        {
            await ben.OpenAsync(App, address);
            await ben.GetByText("Amara Okafor has this call").WaitForAsync();
            var html = Chance().Replace(await ben.ContentAsync(), "");
            html.ShouldNotContain("73.19");
            html.ShouldNotContain("1111");
            (await ben.Panel().CountAsync()).ShouldBe(0, address);
        }
        await ben.OpenAsync(App, $"/history?agent={PageActs.Amara}");
        await ben.GetByRole(AriaRole.Heading, new() { Name = "History" }).WaitForAsync();
        Chance().Replace(await ben.ContentAsync(), "").ShouldNotContain("73.19");
    });

    /// <summary>What of a card is ever in a page, at each step: what Twilio shows of it.</summary>
    [BrowserFact]
    public Task Page_InEveryPhaseOfAPayment_HoldsNoCardNumber() => OnCallAsync(async (page, customer) =>
    {
        List<string> pages = [];
        // The digits of icons' paths, of times and of random ids may look like a card number by chance.
        async Task KeepAsync() => pages.Add(Chance().Replace(await page.ContentAsync(), ""));
        await page.StartAsync();
        await customer.PressAsync(Customer.Visa[..9]);
        await KeepAsync();
        await customer.PressAsync(Customer.Visa[9..]);
        await page.StateAsync("expiration-date", "Waiting");
        await KeepAsync();
        await customer.TypeRestAsync(page);
        await KeepAsync();
        await page.TakeAsync();
        await KeepAsync();
        await page.OpenAsync(App, "/history?text=" + customer.Call);
        await page.Record().GetByRole(AriaRole.Button, new() { NameRegex = new("^Details of the payment") }).ClickAsync();
        await KeepAsync();

        pages[1..].ShouldAllBe(html => html.Contains("1111", StringComparison.Ordinal));
        pages.ShouldAllBe(html => !html.Replace(" ", "", StringComparison.Ordinal).Contains("41111", StringComparison.Ordinal));
        pages.ShouldAllBe(html => !CardNumbers.AreIn(html));
    });

    /// <summary>As a link within the console does it: no request, and so nothing that the server's pipeline could refuse.</summary>
    private static async Task LeadAsync(IPage page, string where)
    {
        await page.EvaluateAsync("where => Blazor.navigateTo(where)", where);
        await page.GetByRole(AriaRole.Heading, new() { Name = "You don't have access to this page" }).WaitForAsync();
    }

    [GeneratedRegex(@"<svg.*?</svg>|<!--.*?-->|\d\d/\d\d/\d{4} \d\d:\d\d|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Z]{2}[0-9a-f]{32}",
        RegexOptions.Singleline)]
    private static partial Regex Chance();
}
