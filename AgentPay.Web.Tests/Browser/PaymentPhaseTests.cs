using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.PaymentTypes;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>Every phase of a payment, on a phone: nothing that axe finds in either theme, nothing wider than the window.</summary>
public sealed class PaymentPhaseTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserFact]
    public Task Payment_FromTheFormToPaid_IsFineInEveryPhase() => OnCallAsync(async (page, customer) =>
    {
        await page.ShouldBeFineAsync();
        await page.Primary().ClickAsync();
        await page.Locator("#amount[aria-invalid=true]").WaitForAsync();
        await page.ShouldBeFineAsync();

        await Control.SetFaultsAsync(new { apiDelayMs = 1500 });
        await page.Locator("#amount").FillAsync("12.50");
        await page.Primary().ClickAsync();
        await page.Button("Starting…").WaitForAsync();
        await page.ShouldBeFineAsync();
        await Control.SetFaultsAsync(new { });
        await page.StateAsync("payment-card-number", "Waiting");
        await page.ShouldBeFineAsync();
        await customer.PressAsync("4111");
        await page.StateAsync("payment-card-number", "Entering");
        await page.ShouldBeFineAsync();
        await customer.PressAsync("111111111112");
        await page.StateAsync("payment-card-number", "Not accepted");
        await page.ShouldBeFineAsync();

        await page.Primary().ClickAsync();
        await customer.TypeCardAsync(page, Customer.Slow);
        await page.ShouldBeFineAsync();
        await page.Button("Cancel payment").ClickAsync();
        await page.ShouldBeFineAsync();
        await page.Button("Keep going").ClickAsync();
        await page.Primary().ClickAsync();
        await page.PhaseAsync("Processing");
        await page.ShouldBeFineAsync();
        await page.PhaseAsync("Paid");
        await page.GetByText("Details", new() { Exact = true }).ClickAsync();
        await page.ShouldBeFineAsync();

        await page.Button("New payment").ClickAsync();
        await page.GetByText("Earlier on this call").WaitForAsync();
        await page.ShouldBeFineAsync();
    }, Desk.Phone);

    [BrowserFact]
    public Task Payment_ThatEndsOtherwise_IsFineInEveryPhase() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync();
        await customer.TypeCardAsync(page, Customer.Declined);
        await page.Primary().ClickAsync();
        await page.PhaseAsync("Declined");
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
    public Task Payment_OfSomebodyElse_IsFineForWhoeverLooks() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync();
        var (ben, priya) = (await SeatAsync(PageActs.Ben), await SeatAsync(PageActs.Priya));

        await ben.OpenAsync(App, "/pay?callSid=" + customer.Call);
        await ben.GetByText("and supervisors can see its payment.").WaitForAsync();
        await ben.ShouldBeFineAsync();
        await priya.OpenAsync(App, "/pay?callSid=" + customer.Call);
        await priya.StateAsync("payment-card-number", "Waiting");
        // A field waits for so long only.
        await customer.PressAsync("4111");
        await priya.StateAsync("payment-card-number", "Entering");
        await priya.ShouldBeFineAsync();
        await priya.Panel().GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await priya.Button("Take it over").ClickAsync();
        await priya.Button("Cancel payment").WaitForAsync();
        await priya.ShouldBeFineAsync();
        await page.GetByText("is taking this payment").WaitForAsync();
        await page.ShouldBeFineAsync();
    });

    [BrowserFact]
    public Task Payment_ThatAnotherApplicationDrives_IsFineAndCannotBeDriven() => OnCallAsync(async (page, customer) =>
    {
        var token = await (await page.Context.APIRequest.GetAsync(App.Url + "getSyncToken")).TextAsync();
        var order = new { callSid = customer.Call, ChargeAmount = 12.5, Currency = "USD", PaymentConnector = "Default", SecurityCode = true, PostalCode = false };
        var answer = await page.Context.APIRequest.PostAsync(App.Url + "startCapture", new() { DataObject = order, Headers = [new("Authorization", "Bearer " + token)] });
        answer.Status.ShouldBe(200, await answer.TextAsync());

        await page.ReloadAsync();

        await page.GetByText("Another application drives this payment.").WaitForAsync();
        (await page.Primary().CountAsync()).ShouldBe(0);
        await page.ShouldBeFineAsync();
    }, Desk.Phone);

    /// <summary>As if the time for the outcome were over.</summary>
    private async Task LoseOutcomeAsync(string call)
    {
        var services = App.App.Services;
        var found = await services.GetRequiredService<PaymentDesk>().LatestAsync(Agents.Agent(PageActs.Amara), CallSid.Parse(call), null, default);
        var payment = found.ShouldBeOfType<DeskAnswer.Done>().Payment;
        var lost = payment with { Phase = PaymentPhase.Unknown, PhaseSince = DateTimeOffset.UtcNow, Version = payment.Version + 1 };
        services.GetRequiredService<LiveFeed<PaymentId, PaymentSession>>().Publish(payment.Id, lost).ShouldBeTrue();
    }
}
