using AgentPay.Web.Tests.Support;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>The receipt after a payment: by text message, and on paper.</summary>
public sealed class ReceiptTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserFact]
    public Task Receipt_SentAfterThePayment_IsOnTheCustomersPhoneInTheHistoryAndOnPaper() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync();
        await customer.TypeCardAsync(page);
        await page.TakeAsync();
        await page.ShouldBeFineAsync();

        (await page.Locator("#receipt-number").InputValueAsync()).ShouldBe(SandboxControl.Customer);
        await page.GetByLabel("The customer agrees to a receipt by SMS").CheckAsync();
        await page.Button("Send receipt").ClickAsync();
        await page.Panel().GetByText("Receipt delivered to the number ending 000.").WaitForAsync();
        await page.ShouldBeFineAsync();

        var phone = await page.Context.NewPageAsync();
        await phone.GotoAsync(new Uri(App.Url, "/sandbox/phone").AbsoluteUri);
        await phone.Locator("#messages").GetByText("Payment of 12.50 USD received on ").Last.WaitForAsync();
        await phone.CloseAsync();

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        (await page.Locator(".receipt-sheet").InnerTextAsync()).ShouldContain("12.50");
        (await page.Locator(".bar, .rail, .actions, .timeline, .list")
            .EvaluateAllAsync<bool>("all => all.every(e => !e.checkVisibility())")).ShouldBeTrue();
        await page.EmulateMediaAsync(new() { Media = Media.Screen });

        await page.OpenAsync(App, "/history?text=" + customer.Call);
        await page.Record().GetByRole(AriaRole.Button, new() { Name = "Details of the payment" }).ClickAsync();
        await page.GetByText("Receipt delivered to the number ending 000.").WaitForAsync();
    });
}
