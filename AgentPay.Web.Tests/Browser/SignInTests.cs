using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

public sealed class SignInTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserFact]
    public Task SignIn_AndThenSignOut_OpensTheConsoleAndEndsTheSession() => OnPageAsync(async page =>
    {
        await page.SignInAsync(PageActs.Amara);
        page.Url.ShouldBe(App.Url.AbsoluteUri);
        await page.GetByText("Signed in as Amara Okafor").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        (await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).CountAsync()).ShouldBe(1);

        await page.Locator("details.user-menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.IsAtAsync("/signed-out$");
        await page.GotoAsync(App.Url.AbsoluteUri);

        page.Url.ShouldContain("/sandbox/entra/");
    });

    [BrowserFact]
    public Task Back_AfterSignIn_LeadsToTheConsoleAgain() => OnPageAsync(async page =>
    {
        await page.SignInAsync(PageActs.Amara);

        await page.GoBackAsync();
        await page.SignInAsync(PageActs.Amara);

        page.Url.ShouldBe(App.Url.AbsoluteUri);
    });
}
