using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

public sealed class SignInTests(Chromium chromium, ConsoleApp app) : BrowserTest(chromium, app)
{
    [BrowserFact]
    public Task SignIn_AsAnAgent_OpensTheConsole() => OnPageAsync(async page =>
    {
        await page.SignInAsync(PageActs.Amara);

        page.Url.ShouldBe(App.Url.AbsoluteUri);
        await page.GetByText("Signed in as Amara Okafor").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        (await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).CountAsync()).ShouldBe(1);
    });

    [BrowserFact]
    public Task SignIn_WithoutARole_SaysWhomToAskAndLetsSignOut() => OnPageAsync(async page =>
    {
        await page.PickAsync(PageActs.Nora);

        page.Url.ShouldContain("/denied?reason=no-role");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/signed-out$"));
    }, expected: ["403"]);

    [BrowserFact]
    public Task SignOut_FromTheMenu_EndsTheSession() => OnPageAsync(async page =>
    {
        await page.SignInAsync(PageActs.Amara);

        await page.Locator("details.user-menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/signed-out$"));
        await page.GotoAsync(App.Url.AbsoluteUri);

        page.Url.ShouldContain("/sandbox/entra/");
    });
}
