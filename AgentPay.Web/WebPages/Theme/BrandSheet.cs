using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using MudBlazor.Utilities;

namespace AgentPay.Web.WebPages.Theme;

/// <summary>
/// The style sheet that replaces the theme's blue by the configured brand colour. The colour is darkened for the light palette and
/// lightened for the dark one until text in it and on it is readable; hue and saturation stay.
/// </summary>
public sealed class BrandSheet
{
    public const string Route = "/brand.css";

    private readonly string _hash = "";

    public BrandSheet(IOptions<ConsoleOptions> options)
    {
        if (options.Value.BrandColor is not { } color) return;
        Text = Create(new(color));
        _hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..12];
        Link = $"{Route[1..]}?v={_hash}";
    }

    /// <summary>Null when no brand colour is configured.</summary>
    public string? Text { get; }

    /// <summary>Relative to the base address. Changes with the content, so that browsers may cache the sheet. Null without one.</summary>
    public string? Link { get; }

    public IResult Serve(HttpContext context, string? v)
    {
        context.Response.Headers.CacheControl = v == _hash ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Text(Text, "text/css", Encoding.UTF8);
    }

    private static string Create(MudColor brand)
    {
        var theme = ConsoleTheme.Create();
        var (light, dark) = (theme.PaletteLight, theme.PaletteDark);
        var onLight = Shade(brand, -.01, shade => IsReadable(shade, light.Surface, light.PrimaryContrastText, .1));
        var onDark = Shade(brand, .01, shade => IsReadable(shade, dark.Surface, dark.PrimaryContrastText, .2));
        return ThemeSheet.Write(
            Variables(onLight, light.PrimaryContrastText, light.HoverOpacity, Contrast.Mix(onLight, light.Surface, .1))
                .Append($"--rail-accent: {Hex(onDark)};"),
            Variables(onDark, dark.PrimaryContrastText, dark.HoverOpacity, Contrast.Mix(onDark, dark.Surface, .2)));
    }

    /// <summary>On panels, on the tinted ground of active parts, and under the text of filled buttons.</summary>
    private static bool IsReadable(MudColor shade, MudColor surface, MudColor text, double tint) =>
        Contrast.Of(shade, Contrast.Mix(shade, surface, tint)) >= Contrast.Readable && Contrast.Of(shade, text) >= Contrast.Readable;

    private static MudColor Shade(MudColor color, double step, Func<MudColor, bool> isReadable)
    {
        var shade = color;
        // Ends at black or white at the latest, which are readable.
        for (var lightness = color.L + step; !isReadable(shade) && lightness is > -.01 and < 1.01; lightness += step)
            shade = color.SetL(Math.Clamp(lightness, 0, 1));
        return shade;
    }

    private static string[] Variables(MudColor primary, MudColor text, double hover, MudColor ground) =>
    [
        $"--mud-palette-primary: {Hex(primary)};",
        $"--mud-palette-primary-rgb: {primary.R},{primary.G},{primary.B};",
        $"--mud-palette-primary-text: {Hex(text)};",
        $"--mud-palette-primary-darken: {primary.ColorRgbDarken()};",
        $"--mud-palette-primary-lighten: {primary.ColorRgbLighten()};",
        FormattableString.Invariant($"--mud-palette-primary-hover: rgba({primary.R},{primary.G},{primary.B},{hover});"),
        $"--active-ground: {Hex(ground)};",
    ];

    private static string Hex(MudColor color) => color.ToString(MudColorOutputFormats.Hex);
}
