using MudBlazor.Utilities;

namespace AgentPay.Web.WebPages.Theme;

/// <summary>How well text can be read, by WCAG 2.2.</summary>
internal static class Contrast
{
    /// <summary>The least ratio for text of normal size: WCAG 2.2, success criterion 1.4.3.</summary>
    public const double Readable = 4.5;

    /// <summary>From 1 for equal colours to 21 for black on white.</summary>
    public static double Of(MudColor one, MudColor other)
    {
        double a = Luminance(one), b = Luminance(other);
        return (Math.Max(a, b) + .05) / (Math.Min(a, b) + .05);
    }

    /// <summary>One colour laid over another.</summary>
    /// <param name="share">Of the upper colour, from 0 to 1.</param>
    public static MudColor Mix(MudColor upper, MudColor lower, double share)
    {
        byte Channel(byte over, byte under) => (byte)Math.Round((over * share) + (under * (1 - share)));
        return new(Channel(upper.R, lower.R), Channel(upper.G, lower.G), Channel(upper.B, lower.B), (byte)255);
    }

    private static double Luminance(MudColor color) => (.2126 * Linear(color.R)) + (.7152 * Linear(color.G)) + (.0722 * Linear(color.B));

    private static double Linear(byte channel) => channel / 255d is var c && c <= .04045 ? c / 12.92 : Math.Pow((c + .055) / 1.055, 2.4);
}
