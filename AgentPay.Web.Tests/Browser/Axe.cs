using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace AgentPay.Web.Tests.Browser;

/// <summary>Runs axe-core, which finds accessibility problems.</summary>
internal static class Axe
{
    private const string Everything = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

    /// <summary>The rules whose result depends on the theme.</summary>
    private const string Colours = "['color-contrast', 'link-in-text-block']";

    /// <summary>One line for each violation, with the elements.</summary>
    private const string Run = """
        async rules => {
          const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'], preload: false });
          return violations.map(v => `${v.id}: ${v.help} at ${v.nodes.map(node => node.html).join(' and ')}`);
        }
        """;

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    public static Task ShouldBeAccessibleAsync(this IPage page) => page.ShouldPassAsync(Everything);

    /// <summary>Accessible in both themes, and no wider than the window.</summary>
    public static async Task ShouldBeFineAsync(this IPage page)
    {
        await page.ShouldNotScrollSidewaysAsync();
        // Otherwise what the bar covers by half counts as too small to be touched.
        await page.EvaluateAsync("() => scrollTo(0, 0)");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.ShouldPassAsync(Colours);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.ShouldPassAsync(Everything);
    }

    private static async Task ShouldPassAsync(this IPage page, string rules)
    {
        // Not as a script element: the page's policy would rightly refuse it.
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Script);
        (await page.EvaluateAsync<string[]>($"() => ({Run})({rules})")).ShouldBeEmpty(page.Url);
    }
}
