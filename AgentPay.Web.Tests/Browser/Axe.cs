using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>axe-core, which finds what people with a screen reader, a keyboard or weak eyes would stumble over.</summary>
internal static class Axe
{
    private const string Rules = "() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })";

    public static async Task ShouldBeAccessibleAsync(this IPage page)
    {
        // Not as a script element: the page's policy would rightly refuse it.
        await page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
        var result = await page.EvaluateAsync<JsonElement>(Rules);
        result.GetProperty("violations").EnumerateArray().Select(Describe).ShouldBeEmpty($"{page.Url}");
    }

    /// <summary>Accessible in both themes, and no wider than the window.</summary>
    public static async Task ShouldBeFineAsync(this IPage page)
    {
        await page.ShouldNotScrollSidewaysAsync();
        // Otherwise what the bar covers by half counts as too small to be touched.
        await page.EvaluateAsync("() => scrollTo(0, 0)");
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.ShouldBeAccessibleAsync();
        }
    }

    private static string Describe(JsonElement violation)
    {
        var where = violation.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("html").GetString());
        return $"{violation.GetProperty("id").GetString()}: {violation.GetProperty("help").GetString()} at {string.Join(" and ", where)}";
    }
}
