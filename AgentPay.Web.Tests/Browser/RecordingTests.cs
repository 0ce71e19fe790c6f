using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>A payment on an account that records calls.</summary>
public sealed class RecordingTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserFact]
    public async Task Payment_OnARecordedCall_ShowsThePauseAndKeepsItInTheHistory()
    {
        var console = new ConsoleApp(new() { ["Sandbox:RecordCalls"] = "true", ["Payments:Profiles:0:PauseRecording"] = "required" });
        await console.StartAsync();
        try
        {
            await OnPageAsync(console, async page =>
            {
                await page.SignInAsync(PageActs.Amara);
                var customer = await Customer.CallInAsync(console.Control);
                await page.PopAsync(console, customer.Call);

                await page.StartAsync();
                await page.PhaseAsync("Recording paused");
                await customer.TypeCardAsync(page);
                await page.TakeAsync();

                await Assertions.Expect(page.Panel().GetByText("Recording paused", new() { Exact = true })).ToHaveCountAsync(0);
                await page.GetByRole(AriaRole.Log).GetByText("The recording of the call continues.").WaitForAsync();
                (await console.Control.ShowAsync(customer.Call)).GetProperty("recording").EnumerateArray()
                    .Select(status => status.GetString())
                    .ShouldBe(["in-progress", "paused", "in-progress"]);
                await page.OpenAsync(console, "/history?text=" + customer.Call);
                await page.Record().GetByRole(AriaRole.Button, new() { Name = "Details of the payment" }).ClickAsync();
                var details = page.GetByRole(AriaRole.Group, new() { NameRegex = new("^Details of the payment") });
                await details.GetByText("The recording of the call is paused.").WaitForAsync();
                await details.GetByText("The recording of the call continues.").WaitForAsync();
            });
        }
        finally
        {
            await console.StopAsync();
        }
    }
}
