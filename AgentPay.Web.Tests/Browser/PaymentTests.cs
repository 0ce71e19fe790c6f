using AgentPay.Web.Tests.Support;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>Payments from the call to the confirmation code, and their other results.</summary>
public sealed class PaymentTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserFact]
    public Task InboundCall_ByHandOnThePhone_IsAnsweredClaimedPaidAndInTheHistory() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        var phone = await page.Context.NewPageAsync();
        await phone.GotoAsync(new Uri(App.Url, "/sandbox/phone?from=%2B61400000071").AbsoluteUri);
        await phone.GetByLabel("Enter instantly").CheckAsync();
        await phone.Locator("[data-do=call]").ClickAsync();
        await phone.Locator("[data-do=agent-answer]").ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Claim .*0 7 1$") }).ClickAsync();
        await page.StartAsync();
        await phone.Locator($"[data-number='{Customer.Visa}']").ClickAsync();
        await page.TakeAsync();

        var code = await page.Locator(".receipt .main code").TextContentAsync();
        code.ShouldNotBeNullOrWhiteSpace();
        await phone.GetByText("The payment has ended: success", new() { Exact = true }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "History" }).ClickAsync();
        await page.Locator($".record:has(code[title='{code}'])", new() { HasText = "12.50" }).WaitForAsync();
    });

    [BrowserFact]
    public Task OutboundCall_PoppedByItsUui_HasTheFormFilledInAndThePaymentsLinkMarked() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        var phone = await page.Context.NewPageAsync();
        await phone.GotoAsync(new Uri(App.Url, "/sandbox/phone?from=%2B61400000072").AbsoluteUri);
        await phone.GetByLabel("UUI").FillAsync("crm-72");
        await phone.Button("Call the customer").ClickAsync();
        await phone.Locator("[data-do=customer-answer]").ClickAsync();

        await page.OpenAsync(App, "/pay?uui=crm-72&amount=12.50&currency=AUD&description=Two+caf%C3%A9s&reference=INV-72");

        await page.Locator("#amount").WaitForAsync();
        var values = await page.Locator("#payment-form input:not([type=radio], [type=checkbox])")
            .EvaluateAllAsync<string[]>("inputs => inputs.map(i => i.value)");
        values.ShouldBe(["12.50", "AUD", "Two cafés", "INV-72"]);
        await page.GetByText("We called").First.WaitForAsync();
        await page.Locator("[aria-current=page]", new() { HasText = "Payments" }).WaitForAsync();
    });

    [BrowserFact]
    public Task Cancel_InMidEntry_AsksFirstAndEscapeKeepsThePayment() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync();
        await customer.PressAsync("4111");
        await page.StateAsync("payment-card-number", "Entering");
        var question = page.Locator("#cancel-payment");

        await page.Button("Cancel payment").ClickAsync();
        await question.WaitForAsync();
        (await page.FocusedAsync()).ShouldBe("Keep going");
        await page.Keyboard.PressAsync("Escape");
        await question.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        (await page.FocusedAsync()).ShouldContain("Cancel payment");
        await customer.PressAsync("111111111111");
        await page.StateAsync("payment-card-number", "Captured");

        await page.Button("Cancel payment").ClickAsync();
        await page.Button("Cancel the payment").ClickAsync();
        await page.Outcome().GetByText("The payment was cancelled.").WaitForAsync();
    });

    [BrowserFact]
    public Task DoubleClick_OnStartAndOnTake_MakesOnePaymentAndOneCharge() => OnCallAsync(async (page, customer) =>
    {
        var before = (await Control.StatsAsync("gateway")).GetProperty("charges").GetInt32();
        await page.Locator("#amount").FillAsync("12.50");
        await page.Primary().DblClickAsync();
        await customer.TypeCardAsync(page);

        await page.Primary().DblClickAsync();
        await page.PhaseAsync("Paid");

        (await Control.StatsAsync("gateway")).GetProperty("charges").GetInt32().ShouldBe(before + 1);
        (await page.GetByText("Earlier on this call").CountAsync()).ShouldBe(0);
        await page.OpenAsync(App, "/history?text=" + customer.Call);
        await page.Record().First.WaitForAsync();
        (await page.Record().CountAsync()).ShouldBe(1);
    });

    [BrowserFact]
    public Task Keyboard_Alone_GoesFromTheClaimToPaid() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        var customer = new Customer(Control, await Control.CallInAsync(from: "+61400000074"));
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Claim .*0 7 4$") }).WaitForAsync();

        await TabToAsync(page, "button[aria-label^=Claim][aria-label$='0 7 4']");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#amount").WaitForAsync();
        await TabToAsync(page, "#amount");
        // A slow server moves the focus to the claimed call only now.
        await page.EvaluateAsync("() => agentpay.focus('#call-title')");
        await page.Keyboard.TypeAsync("12.50");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.StateAsync("payment-card-number", "Waiting");
        await page.WaitForFunctionAsync("() => document.activeElement.matches('[data-row=payment-card-number]')");
        // Now between the form and the rows, when nothing has the focus.
        await page.EvaluateAsync("""
            () => {
              document.activeElement.blur();
              agentpay.focus('#call-title');
              agentpay.focus('[data-row=payment-card-number]', '#payment-panel');
            }
            """);
        await page.WaitForFunctionAsync("() => document.activeElement.matches('[data-row=payment-card-number]')");
        await customer.TypeCardAsync(page);
        await page.Keyboard.PressAsync("Control+Enter");

        await page.PhaseAsync("Paid");
        await page.WaitForFunctionAsync("() => document.activeElement.matches('[data-outcome]')");
    });

    [BrowserFact]
    public Task Focus_OnWhatIsRenderedLater_IsGivenThenAndKeptUntilThePersonMovesIt() => OnConsoleAsync(PageActs.Amara, async page =>
    {
        await page.EvaluateAsync("""
            () => {
              window.show = () => document.body.insertAdjacentHTML("beforeend", "<p id='late' tabindex='-1'>Late</p>");
              document.activeElement.blur();
              agentpay.focus("#late");
              show();
            }
            """);
        await page.WaitForFunctionAsync("() => document.activeElement.id === 'late'");

        // The element is replaced.
        await page.EvaluateAsync("() => { document.getElementById('late').remove(); show(); }");
        await page.WaitForFunctionAsync("() => document.activeElement.id === 'late'");

        // The person works elsewhere; what they work with disappears.
        await page.EvaluateAsync("""
            () => {
              document.querySelector("h1").focus();
              document.getElementById("late").remove();
              document.activeElement.blur();
              show();
            }
            """);
        // The page has reacted to its change by the next task.
        var focused = await page.EvaluateAsync<string>("() => new Promise(done => setTimeout(() => done(document.activeElement.tagName)))");
        focused.ShouldBe("BODY");
    });

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var i = 0; i < 60; i++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) return;
            await page.Keyboard.PressAsync("Tab");
        }
        throw new InvalidOperationException($"Tab does not lead to {selector}");
    }
}
