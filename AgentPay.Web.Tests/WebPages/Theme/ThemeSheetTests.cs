using AgentPay.Web.Tests.Support;
using AgentPay.Web.WebPages.Theme;
using Bunit;
using MudBlazor;

namespace AgentPay.Web.Tests.WebPages.Theme;

public sealed class ThemeSheetTests : ConsoleContext
{
    private static readonly string SheetInRepository = Path.Combine(Repository.Root, "AgentPay.Web", "wwwroot", "theme.css");

    /// <summary>
    /// The sheet is a file, so that the build compresses it. After a change of the theme, copy the file named in the message over it.
    /// </summary>
    [Fact]
    public async Task ThemeCss_InTheRepository_IsWhatTheThemeMakes()
    {
        var (light, dark) = (Variables(isDark: false), Variables(isDark: true));
        var sheet = ThemeSheet.Write(["color-scheme: light;", .. light], ["color-scheme: dark;", .. dark.Except(light)]);

        var made = Path.Combine(AppContext.BaseDirectory, "theme.css");
        await File.WriteAllTextAsync(made, sheet);
        (await File.ReadAllTextAsync(SheetInRepository)).ShouldBe(sheet, $"copy {made} over it");
    }

    /// <summary>The CSS variables of a palette, as MudBlazor writes them.</summary>
    private List<string> Variables(bool isDark)
    {
        var html = Render<MudThemeProvider>(parameters => parameters
            .Add(provider => provider.Theme, ConsoleTheme.Create())
            .Add(provider => provider.IsDarkMode, isDark)
            .Add(provider => provider.DefaultScrollbar, true)).Markup;
        return [.. html.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith("--", StringComparison.Ordinal))];
    }
}
