using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>A payment in other languages and window widths.</summary>
public sealed class PaymentDeskTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    private const string Everything = ".amount-heading, .card-face, .say, [data-row], [data-row] > *, #payment-panel button, .timeline";
    private const string Rows = "[data-row], .actions > button";

    [BrowserFact]
    public Task Payment_InAGermanBrowser_TakesAndShowsAmountsAsGermansWriteThem() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync("12,50");
        await page.Locator(".amount-heading", new() { HasText = "12,50\u00a0USD" }).WaitForAsync();
        await customer.TypeCardAsync(page);
        await page.GetByText("I will now take 12,50\u00a0USD").WaitForAsync();
        await page.TakeAsync();

        await page.OpenAsync(App, "/history?text=" + customer.Call);

        await page.Record().Filter(new() { HasText = "12,50\u00a0USD" }).WaitForAsync();
    }, Desk.Usual with { Locale = "de-DE", TimeZone = "Europe/Berlin" });

    [BrowserTheory]
    [InlineData(1280)]
    [InlineData(360)]
    public Task Digits_AsTheyCome_MoveNothing(int width) => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync();
        var before = await BoxesAsync(page);

        foreach (var (digits, count) in (IEnumerable<(string, int)>)[("4", 1), ("111", 4), ("11111111111", 15)])
        {
            await customer.PressAsync(digits);
            await page.DigitsAsync("payment-card-number", count);
            (await BoxesAsync(page)).ShouldBe(before);
        }
        // A field that is asked for anew has a longer word on its button; the rows, and what is below them, stay.
        var rows = await BoxesAsync(page, Rows);
        await customer.PressAsync("1");
        await page.StateAsync("expiration-date", "Waiting");
        (await BoxesAsync(page, Rows)).ShouldBe(rows);
        await customer.TypeRestAsync(page);
        (await BoxesAsync(page, Rows)).ShouldBe(rows);
    }, Desk.Usual with { Width = width });

    [BrowserFact]
    public Task Focus_GoingBackUpAPhone_IsNeverUnderTheBar() => OnCallAsync(async (page, _) =>
    {
        await page.StartAsync();
        await page.EvaluateAsync("() => scrollTo(0, document.body.scrollHeight)");
        await page.Button("Cancel payment").FocusAsync();

        var hidden = new List<string>();
        while (!await page.EvaluateAsync<bool>("() => !!document.activeElement.closest('.mud-appbar') || document.activeElement === document.body"))
        {
            if (await page.EvaluateAsync<bool>("() => document.activeElement.getBoundingClientRect().top < document.querySelector('.mud-appbar').getBoundingClientRect().bottom"))
                hidden.Add(await page.FocusedAsync());
            await page.Keyboard.PressAsync("Shift+Tab");
        }

        hidden.ShouldBeEmpty();
    }, Desk.Phone);

    private static Task<string[]> BoxesAsync(IPage page, string what = Everything) => page.Locator(what).EvaluateAllAsync<string[]>("""
        elements => elements.map(e => [e.className.split(' ')[0] || e.tagName, ...['x', 'y', 'width'].map(k => Math.round(e.getBoundingClientRect()[k]))].join(' '))
        """);
}
