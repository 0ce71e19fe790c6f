using MudBlazor;

namespace AgentPay.Web.WebPages.Theme;

/// <summary>The console's look: quiet grounds, one blue, and states in colours that keep 4.5 : 1 on their grounds in both themes.</summary>
public static class ConsoleTheme
{
    private static readonly string[] Sans =
        ["Inter Variable", "Inter", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"];

    public static MudTheme Create() => new()
    {
        PaletteLight = new PaletteLight
        {
            Black = "#0e1520", White = "#ffffff",
            Primary = "#0b5cad", PrimaryContrastText = "#ffffff",
            Secondary = "#4b5b6e", SecondaryContrastText = "#ffffff",
            Tertiary = "#5b4bb0", TertiaryContrastText = "#ffffff",
            Info = "#0b5cad", InfoContrastText = "#ffffff",
            Success = "#146c43", SuccessContrastText = "#ffffff",
            Warning = "#8a5300", WarningContrastText = "#ffffff",
            Error = "#b3201b", ErrorContrastText = "#ffffff",
            Dark = "#1b2430", DarkContrastText = "#ffffff",
            TextPrimary = "#17202c", TextSecondary = "#50607a", TextDisabled = "#6b7787",
            ActionDefault = "#50607a", ActionDisabled = "#7a8696", ActionDisabledBackground = "#e6eaf0",
            Background = "#f4f6fa", BackgroundGray = "#eceff5", Surface = "#ffffff",
            AppbarBackground = "#ffffff", AppbarText = "#17202c",
            DrawerBackground = "#0f1b2d", DrawerText = "#c7d3e3", DrawerIcon = "#c7d3e3",
            LinesDefault = "#dfe4ec", LinesInputs = "#8592a6", TableLines = "#e6eaf1", TableStriped = "#f7f9fc", TableHover = "#f1f5fb",
            Divider = "#dfe4ec", DividerLight = "#eef1f6", Skeleton = "#e4e9f1",
            HoverOpacity = .06, RippleOpacity = .08, BorderOpacity = 1,
        },
        PaletteDark = new PaletteDark
        {
            Black = "#05080c", White = "#ffffff",
            Primary = "#86bdf5", PrimaryContrastText = "#08192b",
            Secondary = "#b3c0d1", SecondaryContrastText = "#101720",
            Tertiary = "#b9adff", TertiaryContrastText = "#140f33",
            Info = "#86bdf5", InfoContrastText = "#08192b",
            Success = "#7fd6a2", SuccessContrastText = "#06210f",
            Warning = "#f2cf7e", WarningContrastText = "#2a1e00",
            Error = "#ffaaa3", ErrorContrastText = "#3b0a08",
            Dark = "#0a0f15", DarkContrastText = "#e7edf5",
            TextPrimary = "#e7edf5", TextSecondary = "#a6b4c6", TextDisabled = "#8391a4",
            ActionDefault = "#a6b4c6", ActionDisabled = "#75839a", ActionDisabledBackground = "#243040",
            Background = "#0d131b", BackgroundGray = "#111923", Surface = "#161f2b",
            AppbarBackground = "#161f2b", AppbarText = "#e7edf5",
            DrawerBackground = "#0a1018", DrawerText = "#b4c2d4", DrawerIcon = "#b4c2d4",
            LinesDefault = "#2a3646", LinesInputs = "#6c7b90", TableLines = "#253040", TableStriped = "#192330", TableHover = "#1c2836",
            Divider = "#2a3646", DividerLight = "#202b39", Skeleton = "#223041",
            HoverOpacity = .08, RippleOpacity = .1, BorderOpacity = 1,
        },
        LayoutProperties = new LayoutProperties
        {
            DefaultBorderRadius = "12px",
            AppbarHeight = "60px",
            DrawerMiniWidthLeft = "76px",
            DrawerWidthLeft = "232px",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography
            {
                FontFamily = Sans, FontSize = ".9375rem", FontWeight = "400", LineHeight = "1.5", LetterSpacing = "normal",
            },
            H1 = new H1Typography { FontSize = "1.375rem", FontWeight = "650", LineHeight = "1.3", LetterSpacing = "-.012em" },
            H2 = new H2Typography { FontSize = "1.0625rem", FontWeight = "650", LineHeight = "1.35", LetterSpacing = "-.006em" },
            H3 = new H3Typography { FontSize = "2.5rem", FontWeight = "700", LineHeight = "1.1", LetterSpacing = "-.028em" },
            H4 = new H4Typography { FontSize = "1.625rem", FontWeight = "680", LineHeight = "1.2", LetterSpacing = "-.02em" },
            H5 = new H5Typography { FontSize = "1.25rem", FontWeight = "650", LineHeight = "1.3", LetterSpacing = "-.012em" },
            H6 = new H6Typography { FontSize = "1rem", FontWeight = "650", LineHeight = "1.4", LetterSpacing = "-.006em" },
            Subtitle1 = new Subtitle1Typography { FontSize = "1rem", FontWeight = "500", LineHeight = "1.45", LetterSpacing = "normal" },
            Subtitle2 = new Subtitle2Typography { FontSize = ".875rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontSize = ".9375rem", FontWeight = "400", LineHeight = "1.5", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontSize = ".875rem", FontWeight = "400", LineHeight = "1.45", LetterSpacing = "normal" },
            Button = new ButtonTypography
            {
                FontSize = ".9375rem", FontWeight = "600", LineHeight = "1.5", LetterSpacing = "normal", TextTransform = "none",
            },
            Caption = new CaptionTypography { FontSize = ".8125rem", FontWeight = "400", LineHeight = "1.4", LetterSpacing = "normal" },
            Overline = new OverlineTypography
            {
                FontSize = ".75rem", FontWeight = "600", LineHeight = "1.4", LetterSpacing = ".06em", TextTransform = "uppercase",
            },
        },
    };
}
