using AgentPay.Web.Components.Theme;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Components.Theme;

public sealed class ThemeSheetTests : ConsoleContext
{
    private static readonly string File = Path.Combine(Repository.Root, "AgentPay.Web", "wwwroot", "theme.css");

    /// <summary>The sheet is a file, so that the build compresses it. After a change of the theme, copy the file named in the message over it.</summary>
    [Fact]
    public async Task ThemeCss_InTheRepository_IsWhatTheThemeMakes()
    {
        var sheet = await ThemeSheet.CreateAsync(Services, ConsoleTheme.Create());

        var made = Path.Combine(AppContext.BaseDirectory, "theme.css");
        await System.IO.File.WriteAllTextAsync(made, sheet);
        (await System.IO.File.ReadAllTextAsync(File)).ShouldBe(sheet, $"copy {made} over it");
    }
}
