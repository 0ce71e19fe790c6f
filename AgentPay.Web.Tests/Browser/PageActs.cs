using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>What people do on pages, and what every page has to stand.</summary>
internal static class PageActs
{
    public const string Amara = "amara@agentpay.example";
    public const string Ben = "ben@agentpay.example";
    public const string Priya = "priya@agentpay.example";
    public const string Tomas = "tomas@agentpay.example";
    public const string Nora = "nora@agentpay.example";

    /// <summary>Picks an account at Entra, where a page has led, and waits until the console is live.</summary>
    public static async Task SignInAsync(this IPage page, string person)
    {
        await page.PickAsync(person);
        await page.LiveAsync();
    }

    /// <summary>Picks an account at Entra, wherever that leads.</summary>
    public static async Task PickAsync(this IPage page, string person)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = person }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sandbox/entra/", StringComparison.Ordinal));
    }

    /// <summary>Opens a page of the console, and waits until its circuit answers.</summary>
    public static async Task OpenAsync(this IPage page, ConsoleApp app, string path)
    {
        await page.GotoAsync(new Uri(app.Url, path).AbsoluteUri);
        await page.LiveAsync();
    }

    /// <summary>The circuit is there: buttons do what they say.</summary>
    public static Task LiveAsync(this IPage page) => page.Locator("main[data-live]").WaitForAsync();

    public static async Task ShouldNotScrollSidewaysAsync(this IPage page) =>
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
            .ShouldBe(0, $"{page.Url} is wider than the window");

    /// <summary>What has the focus, by its text or its id.</summary>
    public static Task<string> FocusedAsync(this IPage page) =>
        page.EvaluateAsync<string>("() => (document.activeElement.innerText || document.activeElement.id || document.activeElement.tagName).trim()");
}
