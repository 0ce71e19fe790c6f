namespace AgentPay.Web.WebPages.Theme;

/// <summary>
/// Writes theme variables as a style sheet. MudThemeProvider would put them into a style element of the page, which needs a circuit to
/// change and 'unsafe-inline' in the Content Security Policy.
/// The attribute <c>data-appearance</c> of the html element chooses between the themes.
/// </summary>
internal static class ThemeSheet
{
    /// <param name="light">CSS declarations for the light theme.</param>
    /// <param name="dark">The declarations that differ in the dark theme.</param>
    public static string Write(IEnumerable<string> light, IEnumerable<string> dark) => $$"""
        :root { {{string.Join(' ', light)}} }
        html[data-appearance=dark] { {{string.Join(' ', dark)}} }
        @media (prefers-color-scheme: dark) { html[data-appearance=system] { {{string.Join(' ', dark)}} } }

        """;
}
