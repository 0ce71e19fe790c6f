using System.Text.RegularExpressions;
using AgentPay.Web.WebPages.Theme;
using AgentPay.Web.Tests.Support;
using AgentPay.Web.WebPages;
using Microsoft.Extensions.Options;
using MudBlazor.Utilities;

namespace AgentPay.Web.Tests.WebPages.Theme;

public sealed partial class BrandSheetTests
{
    /// <summary>Primary colours, greys, and both ends.</summary>
    public static TheoryData<string> Colors =>
        ["#000000", "#ffffff", "#ffcc00", "#00ff00", "#0000ff", "#ff0000", "#7a1fa2", "#808080", "#0b5cad", "#86bdf5"];

    [Theory]
    [MemberData(nameof(Colors))]
    public void Sheet_OfAnyColor_IsReadableInBothThemes(string color)
    {
        var sheet = SheetOf(color);

        foreach (var (block, surface) in ((string, string)[])[(":root", "#ffffff"), ("html[data-appearance=dark]", "#161f2b")])
        {
            MudColor Of(string name) => new(Value(sheet, block, name));
            Contrast.Of(Of("--mud-palette-primary"), new(surface)).ShouldBeGreaterThanOrEqualTo(4.5, block);
            Contrast.Of(Of("--mud-palette-primary"), Of("--active-ground")).ShouldBeGreaterThanOrEqualTo(4.5, block);
            Contrast.Of(Of("--mud-palette-primary"), Of("--mud-palette-primary-text")).ShouldBeGreaterThanOrEqualTo(4.5, block);
        }
    }

    [Fact]
    public void Sheet_OfAReadableColor_HasItUnchangedInTheLightTheme() =>
        Value(SheetOf("#7a1fa2"), ":root", "--mud-palette-primary").ShouldBe("#7a1fa2");

    [Fact]
    public void Sheet_OfALightColor_HasItUnchangedInTheDarkTheme() =>
        Value(SheetOf("#ffcc00"), "html[data-appearance=dark]", "--mud-palette-primary").ShouldBe("#ffcc00");

    /// <summary>After an update of MudBlazor, the theme may derive more from its primary colour.</summary>
    [Fact]
    public void Sheet_OfAnyColor_ReplacesAllThatTheThemeDerivesFromItsBlue()
    {
        var theme = File.ReadAllText(Path.Combine(Repository.Root, "AgentPay.Web", "wwwroot", "theme.css"));
        var derived = Primary().Matches(theme).Select(name => name.Value).Distinct();

        derived.Except(Primary().Matches(SheetOf("#7a1fa2")).Select(name => name.Value)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(21, "#000000", "#ffffff")]
    [InlineData(1, "#123456", "#123456")]
    [InlineData(4.54, "#767676", "#ffffff")]
    public void Contrast_OfTwoColors_IsThatOfWcag(double ratio, string one, string other) =>
        Contrast.Of(new(one), new(other)).ShouldBe(ratio, .01);

    private static string SheetOf(string color) => new BrandSheet(Options.Create(new ConsoleOptions { BrandColor = color })).Text!;

    private static string Value(string sheet, string block, string name)
    {
        var start = sheet.IndexOf(block + " {", StringComparison.Ordinal);
        return Regex.Match(sheet[start..sheet.IndexOf('}', start)], $"{name}: ([^;]+);").Groups[1].Value;
    }

    [GeneratedRegex("--mud-palette-primary[a-z-]*(?=:)")]
    private static partial Regex Primary();
}
