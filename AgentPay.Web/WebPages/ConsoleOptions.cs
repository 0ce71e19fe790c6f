namespace AgentPay.Web.WebPages;

/// <summary>The section <c>Console</c> of the configuration: the look of the organisation that uses AgentPay.</summary>
public sealed class ConsoleOptions
{
    public const string Section = "Console";

    private readonly string? _brandColor;
    private readonly string? _logoUrl;

    /// <summary>Replaces the blue of the theme, as <c>#rrggbb</c>. It is darkened or lightened where text would be hard to read.</summary>
    public string? BrandColor { get => _brandColor; init => _brandColor = string.IsNullOrWhiteSpace(value) ? null : value; }

    /// <summary>An image in place of AgentPay's logo: a path on this server or an https URL.</summary>
    public string? LogoUrl { get => _logoUrl; init => _logoUrl = string.IsNullOrWhiteSpace(value) ? null : value; }

    /// <summary>The origin of the logo, as the Content Security Policy writes it; null when the logo is on this server.</summary>
    internal string? LogoOrigin => Uri.TryCreate(LogoUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
        ? $"https://{url.IdnHost}{(url.IsDefaultPort ? "" : $":{url.Port}")}"
        : null;
}
