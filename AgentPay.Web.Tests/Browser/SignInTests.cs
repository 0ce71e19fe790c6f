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
    public Task SignIn_Cancelled_SaysSoAndOffersAnotherTry() => OnPageAsync(async page =>
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await page.IsAtAsync("/denied\\?reason=cancelled$");
        await page.ShouldBeAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        await page.SignInAsync(PageActs.Amara);
    }, expected: ["403"]);

    [BrowserFact]
    public Task SignIn_InTwoTabsAtOnce_OpensBothPagesWithTheirQueries() => OnPageAsync(async page =>
    {
        const string Link = "/pay?uui=7&amount=12.50&description=Zo%C3%AB%20%26%20co";
        var other = await page.Context.NewPageAsync();
        await page.GotoAsync(new Uri(App.Url, Link).AbsoluteUri);
        await other.GotoAsync(new Uri(App.Url, "/pay?uui=2").AbsoluteUri);

        await page.SignInAsync(PageActs.Amara);
        await other.SignInAsync(PageActs.Amara);

        (new Uri(page.Url).PathAndQuery, new Uri(other.Url).PathAndQuery).ShouldBe((Link, "/pay?uui=2"));
    });

    [BrowserFact]
    public Task Back_AfterSignIn_LeadsToTheConsoleAgain() => OnPageAsync(async page =>
    {
        await page.SignInAsync(PageActs.Amara);

        await page.GoBackAsync();
        await page.SignInAsync(PageActs.Amara);

        page.Url.ShouldBe(App.Url.AbsoluteUri);
    });

    [BrowserFact]
    public Task SignIn_WithALoginHint_SuggestsThePerson() => OnPageAsync(async page =>
    {
        await page.GotoAsync(new Uri(App.Url, "/pay?uui=7&login_hint=ben%40agentpay.example").AbsoluteUri);

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = PageActs.Ben })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.LiveAsync();
        await page.GetByText("Signed in as Ben Lindqvist").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    });

    [BrowserFact]
    public Task SignIn_WithoutARoleAndThenWithOneOnAPhone_NeverScrollsSideways() => OnPageAsync(async page =>
    {
        await page.ShouldNotScrollSidewaysAsync();
        await page.PickAsync(PageActs.Nora);
        page.Url.ShouldContain("/denied?reason=no-role");
        await page.ShouldNotScrollSidewaysAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.IsAtAsync("/signed-out$");
        await page.ShouldNotScrollSidewaysAsync();
        await page.GotoAsync(App.Url.AbsoluteUri);
        await page.SignInAsync(PageActs.Amara);
        await page.ShouldNotScrollSidewaysAsync();
    }, Desk.Phone, ["403"]);
}
