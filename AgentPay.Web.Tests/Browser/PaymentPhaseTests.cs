using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>
/// Every phase of a payment: on a phone, nothing that axe finds in either theme and nothing wider than the window; on a small laptop, no
/// scrolling to what the agent needs.
/// </summary>
public sealed class PaymentPhaseTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserFact]
    public Task Payment_FromTheFormToTheHistory_IsFineInEveryPhase() => OnCallAsync(async (page, customer) =>
    {
        await StartAsync(page);
        await CaptureAsync(page, customer);
        await TakeAsync(page);
        await page.Button("New payment").ClickAsync();
        await page.GetByText("Earlier on this call").WaitForAsync();
        await page.ShouldBeFineAsync();
        await ShowHistoryAsync(page, customer.Call);
    }, Desk.Phone);

    [BrowserFact]
    public Task Payment_ThatEndsOtherwise_IsFineInEveryPhase() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync();
        await customer.TypeCardAsync(page, Customer.Declined);
        await page.Primary().ClickAsync();
        await page.PhaseAsync("Declined");
        await page.Outcome().GetByText("The bank declined the card.").WaitForAsync();
        await page.ShouldBeFineAsync();

        await page.Button("Try again").ClickAsync();
        await page.StateAsync("payment-card-number", "Waiting");
        await page.Button("Cancel payment").ClickAsync();
        await page.Button("Cancel the payment").ClickAsync();
        await page.PhaseAsync("Cancelled");
        await page.ShouldBeFineAsync();

        await page.Button("Try again").ClickAsync();
        await customer.TypeCardAsync(page);
        await Control.SetFaultsAsync(new { callbackLoss = 1 });
        await page.Primary().ClickAsync();
        await page.PhaseAsync("Processing");
        await LoseOutcomeAsync(customer.Call);
        await page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Result not confirmed. Do not charge again." }).WaitForAsync();
        await page.PhaseAsync("Needs checking");
        await page.ShouldBeFineAsync();
    }, Desk.Phone);

    [BrowserFact]
    public Task Payment_ThatAnotherApplicationDrives_IsFineAndCannotBeDriven() => OnCallAsync(async (page, customer) =>
    {
        var token = await (await page.Context.APIRequest.GetAsync(App.Url + "getSyncToken")).TextAsync();
        var order = new { callSid = customer.Call, ChargeAmount = 12.5, Currency = "USD", PaymentConnector = "Default", SecurityCode = true,
            PostalCode = false };
        var answer = await page.Context.APIRequest.PostAsync(App.Url + "startCapture",
            new() { DataObject = order, Headers = [new("Authorization", "Bearer " + token)] });
        answer.Status.ShouldBe(200, await answer.TextAsync());

        await page.ReloadAsync();

        await page.GetByText("Another application drives this payment.").WaitForAsync();
        (await page.Primary().CountAsync()).ShouldBe(0);
        await page.ShouldBeFineAsync();
    }, Desk.Phone);

    private async Task StartAsync(IPage page)
    {
        await page.ShouldBeFineAsync();
        await ShouldFitALaptopAsync(page);
        await page.Primary().ClickAsync();
        await page.Locator("#amount[aria-invalid=true]").WaitForAsync();
        await page.ShouldBeFineAsync();
        await page.Locator("#amount").FillAsync("12.50");
        using (App.Hold("/sandbox/twilio"))
        {
            await page.Primary().ClickAsync();
            await page.Button("Starting…").WaitForAsync();
            await page.ShouldBeFineAsync();
        }
        await page.StateAsync("payment-card-number", "Waiting");
        await page.ShouldBeFineAsync();
        await ShouldFitALaptopAsync(page);
    }

    private static async Task CaptureAsync(IPage page, Customer customer)
    {
        await customer.PressAsync("4111");
        await page.StateAsync("payment-card-number", "Entering");
        await page.ShouldBeFineAsync();
        await customer.PressAsync("111111111112");
        await page.StateAsync("payment-card-number", "Not accepted");
        await page.Row("payment-card-number").GetByText("This is not a valid card number.").WaitForAsync();
        await page.ShouldBeFineAsync();
        await ShouldFitALaptopAsync(page);

        await page.Primary().ClickAsync();
        await customer.TypeCardAsync(page);
        await page.ShouldBeFineAsync();
        await ShouldFitALaptopAsync(page);
    }

    private async Task TakeAsync(IPage page)
    {
        await page.Button("Cancel payment").ClickAsync();
        await page.ShouldBeFineAsync();
        await page.Button("Keep going").ClickAsync();
        using (App.Hold("/sandbox/gateway"))
        {
            await page.Primary().ClickAsync();
            await page.PhaseAsync("Processing");
            await page.ShouldBeFineAsync();
            await ShouldFitALaptopAsync(page);
        }
        await page.PhaseAsync("Paid");
        await ShouldFitALaptopAsync(page);
        await page.GetByText("Details", new() { Exact = true }).ClickAsync();
        await page.ShouldBeFineAsync();
    }

    private async Task ShowHistoryAsync(IPage page, string call)
    {
        await page.OpenAsync(App, "/history?text=" + call);
        await page.Record().GetByRole(AriaRole.Button, new() { NameRegex = new("^Details of the payment") }).ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { NameRegex = new("^Details of the payment") }).WaitForAsync();
        await page.GetByText("Show the numbers").ClickAsync();
        await page.ShouldBeFineAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Result" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "All results" }).WaitForAsync();
        await page.ShouldBeFineAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "All results" }).ClickAsync();
        await page.Button("The day before").ClickAsync();
        await page.GetByText("No payments on this day").WaitForAsync();
        await page.ShouldBeFineAsync();
    }

    /// <summary>The rows, the line to read out and the main button are visible without scrolling, and below the bar.</summary>
    private static async Task ShouldFitALaptopAsync(IPage page)
    {
        await page.SetViewportSizeAsync(1366, 768);
        // The bar and the lists change sides a moment after the window.
        await page.WaitForFunctionAsync("""
            () => {
              scrollTo(0, 0);
              const top = document.querySelector('.mud-appbar').getBoundingClientRect().bottom;
              const parts = [...document.querySelectorAll('[data-row], .say, [data-primary], [data-outcome]')].map(e => e.getBoundingClientRect());
              return parts.every(box => box.bottom <= innerHeight && box.top >= top);
            }
            """);
        await page.SetViewportSizeAsync(Desk.Phone.Width, Desk.Phone.Height);
    }

    /// <summary>As if the time for the outcome were over.</summary>
    private async Task LoseOutcomeAsync(string call)
    {
        var services = App.App.Services;
        var found = await services.GetRequiredService<PaymentDesk>()
            .LatestAsync(Agents.Agent(PageActs.Amara), CallSid.Parse(call), null, default);
        var payment = found.ShouldBeOfType<DeskAnswer.Done>().Payment;
        var lost = payment with { Phase = PaymentPhase.Unknown, PhaseSince = DateTimeOffset.UtcNow, Version = payment.Version + 1 };
        services.GetRequiredService<LiveFeed<PaymentId, PaymentSession>>().Publish(payment.Id, lost).ShouldBeTrue();
    }
}
