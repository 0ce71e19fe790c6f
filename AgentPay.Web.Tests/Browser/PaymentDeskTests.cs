using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>A payment at other desks: narrow, dark, German; and how still everything stands while digits arrive.</summary>
public sealed class PaymentDeskTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    // Where everything stands, but for what is far below.
    private const string Boxes = """
        () => [...document.querySelectorAll('.amount-heading, .card-face, .say, [data-row], [data-row] > *, #payment-panel button, [data-primary], .payment .timeline')]
            .map(e => [e.className || e.tagName, ...['x', 'y', 'width'].map(k => Math.round(e.getBoundingClientRect()[k]))].join(' '))
        """;

    [BrowserTheory]
    [InlineData(360, false)]
    [InlineData(360, true)]
    [InlineData(1280, true)]
    public Task Payment_NarrowOrDark_IsTakenWithoutScrollingSideways(int width, bool isDark) => OnCallAsync(async (page, customer) =>
    {
        await page.ShouldNotScrollSidewaysAsync();
        await page.StartAsync();
        await page.ShouldNotScrollSidewaysAsync();
        await customer.PressAsync("4111");
        await page.StateAsync("payment-card-number", "Entering");
        await page.ShouldNotScrollSidewaysAsync();
        await customer.PressAsync("111111111112");
        await page.StateAsync("payment-card-number", "Not accepted");
        await page.ShouldNotScrollSidewaysAsync();
        await page.Primary().ClickAsync();
        await customer.TypeCardAsync(page, Customer.Slow);
        await page.ShouldNotScrollSidewaysAsync();
        await page.Primary().ClickAsync();
        await page.PhaseAsync("Processing");
        await page.ShouldNotScrollSidewaysAsync();
        await page.PhaseAsync("Paid");
        await page.Button("Details").ClickAsync();
        await page.ShouldNotScrollSidewaysAsync();
    }, Desk.Phone with { Width = width, IsDark = isDark });

    [BrowserFact]
    public Task Payment_InAGermanBrowser_TakesAndShowsAmountsAsGermansWriteThem() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync("12,50");
        await page.Locator(".amount-heading", new() { HasText = "12,50\u00a0USD" }).WaitForAsync();
        await customer.TypeCardAsync(page);
        await page.GetByText("I will now take 12,50\u00a0USD").WaitForAsync();
        await page.TakeAsync();

        await page.OpenAsync(App, "/history?text=" + customer.Call);

        await page.Locator(".record", new() { HasText = "12,50\u00a0USD" }).WaitForAsync();
    }, Desk.Usual with { Locale = "de-DE", TimeZone = "Europe/Berlin" });

    [BrowserTheory]
    [InlineData(1280)]
    [InlineData(360)]
    public Task Digits_AsTheyCome_MoveNothing(int width) => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync();
        // The caller's first key also makes a line of the timeline, which stands after everything else.
        var before = await BoxesAsync(page);

        foreach (var (digits, shown) in (IEnumerable<(string, string)>)[("4", "•···"), ("111", "••••"), ("11111111111", "••••\u00a0••••\u00a0••••\u00a0•••·")])
        {
            await customer.PressAsync(digits);
            await page.Row("payment-card-number").Locator(".entry", new() { HasText = shown }).WaitForAsync();
            (await BoxesAsync(page)).ShouldBe(before);
        }
    }, new Desk(width));

    private static Task<string[]> BoxesAsync(IPage page) => page.EvaluateAsync<string[]>(Boxes);
}
