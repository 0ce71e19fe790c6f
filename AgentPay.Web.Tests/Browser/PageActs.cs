using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>Actions of people on pages, and checks of every page.</summary>
internal static class PageActs
{
    public const string Amara = "amara@agentpay.example";
    public const string Ben = "ben@agentpay.example";
    public const string Priya = "priya@agentpay.example";
    public const string Tomas = "tomas@agentpay.example";

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
        await page.IsAtAsync("^((?!/sandbox/entra/).)*$");
    }

    /// <summary>Waits for an address that matches, whether another document is loaded for it or not.</summary>
    public static Task IsAtAsync(this IPage page, string pattern) => Assertions.Expect(page).ToHaveURLAsync(new Regex(pattern));

    /// <summary>Opens a page of the console, and waits until its circuit answers.</summary>
    public static async Task OpenAsync(this IPage page, ConsoleApp app, string path)
    {
        await page.GotoAsync(new Uri(app.Url, path).AbsoluteUri);
        await page.LiveAsync();
    }

    /// <summary>The circuit is there: buttons do what they say.</summary>
    public static Task LiveAsync(this IPage page) => page.Locator("main[data-live]").WaitForAsync();

    /// <summary>A window that has just changed its width may take a moment.</summary>
    public static Task ShouldNotScrollSidewaysAsync(this IPage page) =>
        page.WaitForFunctionAsync("() => document.documentElement.scrollWidth === document.documentElement.clientWidth");

    /// <summary>What has the focus, by its text or its id.</summary>
    public static Task<string> FocusedAsync(this IPage page) =>
        page.EvaluateAsync<string>("() => (document.activeElement.innerText || document.activeElement.id || document.activeElement.tagName).trim()");
}
