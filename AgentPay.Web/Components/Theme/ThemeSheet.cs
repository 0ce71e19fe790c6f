using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace AgentPay.Web.Components.Theme;

/// <summary>
/// Writes a theme as a style sheet. MudThemeProvider would put it into a style element of the page, which needs a circuit to change
/// and 'unsafe-inline' in the Content Security Policy.
/// </summary>
public static class ThemeSheet
{
    /// <summary>The CSS variables of both palettes. The attribute <c>data-appearance</c> of the html element chooses between them.</summary>
    public static async Task<string> CreateAsync(IServiceProvider services, MudTheme theme)
    {
        await using var scope = services.CreateAsyncScope();
        var light = await VariablesAsync(scope.ServiceProvider, theme, isDark: false);
        var dark = await VariablesAsync(scope.ServiceProvider, theme, isDark: true);
        return Write(["color-scheme: light;", .. light], ["color-scheme: dark;", .. dark.Except(light)]);
    }

    /// <summary>A sheet with declarations for the light theme, and with those that differ in the dark one.</summary>
    internal static string Write(IEnumerable<string> light, IEnumerable<string> dark) => $$"""
        :root { {{string.Join(' ', light)}} }
        html[data-appearance=dark] { {{string.Join(' ', dark)}} }
        @media (prefers-color-scheme: dark) { html[data-appearance=system] { {{string.Join(' ', dark)}} } }

        """;

    private static async Task<IReadOnlyList<string>> VariablesAsync(IServiceProvider services, MudTheme theme, bool isDark)
    {
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(MudThemeProvider.Theme)] = theme,
            [nameof(MudThemeProvider.IsDarkMode)] = isDark,
            [nameof(MudThemeProvider.DefaultScrollbar)] = true,
        });
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<MudThemeProvider>(parameters)).ToHtmlString());
        return [.. html.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith("--", StringComparison.Ordinal))];
    }
}
