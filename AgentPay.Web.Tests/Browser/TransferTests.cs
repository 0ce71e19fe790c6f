using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>A call that the agent's telephone transfers during a payment.</summary>
public sealed class TransferTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserFact]
    public Task Transfer_DuringAPayment_NewAgentsScreenPopShowsItAndFinishesIt() => OnCallAsync(async (page, customer) =>
    {
        await page.StartAsync();
        await customer.PressAsync(Customer.Visa);
        await page.StateAsync("expiration-date", "Waiting");
        var agent = (await Control.ChildrenAsync(customer.Call)).Single();
        var screenPop = "/pay?uui=" + await UuiAsync(agent);
        // Open before the telephone rings: it rings for 30 seconds, in which a busy machine may not open a page.
        var ben = await SeatAsync(PageActs.Ben, screenPop);
        await ben.GetByText("Amara Okafor has this call").WaitForAsync();

        await Control.ReferAsync(agent, "1002", answer: false);

        await page.GetByText("Transferring to 1002…", new() { Exact = true }).WaitForAsync();
        await ben.GetByText("Amara Okafor is transferring this call").WaitForAsync();
        var target = (await Control.ChildrenAsync(customer.Call)).Single(leg => leg != agent);
        ("/pay?uui=" + await UuiAsync(target)).ShouldBe(screenPop);
        (await Control.ActAsync(target, "answer")).Dispose();

        await ben.GetByText("If the caller is with you now, claim the call and its payment.").WaitForAsync();
        await ben.ShouldBeFineAsync();
        await ben.OpenAsync(App, screenPop);
        await ben.GetByText("Amara Okafor transferred this call to you.").WaitForAsync();
        (await Control.StatusAsync(agent)).ShouldBe("completed");
        await page.GetByText("Ben is taking this payment").WaitForAsync();
        await customer.TypeRestAsync(ben);
        await ben.TakeAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Paid by Ben" }).WaitForAsync();
        await ben.ShouldBeFineAsync();

        await ben.OpenAsync(App, "/history?text=" + customer.Call);
        await ben.Record().GetByRole(AriaRole.Button, new() { Name = "Details of the payment" }).ClickAsync();
        await ben.GetByText("Amara to Ben").WaitForAsync();
        (await ben.InnerTextAsync("body")).ShouldContain("Transferred");
    });

    private async Task<string?> UuiAsync(string leg) =>
        (await Control.ShowAsync(leg)).GetProperty("sipHeaders").GetProperty("User-to-User").GetString();
}
