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

        await Control.ReferAsync(agent, "1002", answer: false);

        await page.GetByText("Transferring to 1002…", new() { Exact = true }).WaitForAsync();
        var target = (await Control.ChildrenAsync(customer.Call)).Single(leg => leg != agent);
        var uui = (await Control.ShowAsync(target)).GetProperty("sipHeaders").GetProperty("User-to-User").GetString();
        var ben = await SeatAsync(PageActs.Ben, "/pay?uui=" + uui);
        await ben.GetByText("Amara Okafor is transferring this call").WaitForAsync();
        await ben.ShouldBeFineAsync();
        (await Control.ActAsync(target, "answer")).Dispose();

        await ben.GetByText("Amara Okafor transferred this call to you.").WaitForAsync();
        (await Control.StatusAsync(agent)).ShouldBe("completed");
        await page.GetByText("Ben is taking this payment").WaitForAsync();
        await customer.TypeRestAsync(ben);
        await ben.TakeAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Paid by Ben" }).WaitForAsync();
        await ben.ShouldBeFineAsync();

        await ben.OpenAsync(App, "/history");
        await ben.Record().First.GetByRole(AriaRole.Button, new() { Name = "Details of the payment" }).ClickAsync();
        await ben.GetByText("Amara to Ben").WaitForAsync();
        (await ben.InnerTextAsync("body")).ShouldContain("Transferred");
    });
}
