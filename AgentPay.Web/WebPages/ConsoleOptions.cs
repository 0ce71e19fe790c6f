using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.WebPages;

/// <summary>The section <c>Console</c> of the configuration: the look of the organisation that uses AgentPay, and limits.</summary>
public sealed partial class ConsoleOptions : IValidatableObject
{
    public const string Section = "Console";

    /// <summary>Replaces the blue of the theme, as <c>#rrggbb</c>. It is darkened or lightened where text would be hard to read.</summary>
    [RegularExpression("#[0-9a-fA-F]{6}", ErrorMessage = "{0} must be a colour as #rrggbb. Example: #7a1fa2.")]
    public string? BrandColor { get; init; }

    /// <summary>An image in place of AgentPay's logo: a path on this server or an https URL.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>Pages of the console that may be open on one instance. A page needs about 1 MiB.</summary>
    [Range(1, 1_000_000)]
    public int MaxPages { get; init; } = 2000;

    /// <summary>Pages of the console that one person may have open on one instance.</summary>
    [Range(1, 1_000_000)]
    public int MaxPagesPerPerson { get; init; } = 20;

    /// <summary>The origin of the logo, as the Content Security Policy writes it; null when the logo is on this server.</summary>
    internal string? LogoOrigin => Uri.TryCreate(LogoUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
        ? $"https://{url.IdnHost}{(url.IsDefaultPort ? "" : $":{url.Port}")}"
        : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LogoUrl is not null && !LocalPath().IsMatch(LogoUrl) && !IsHttps(LogoUrl))
            yield return validationContext.Failure(
                nameof(LogoUrl), "must be a path on this server or an https URL. Example: /logo.svg or https://www.example.com/logo.svg.");
    }

    // Its origin becomes part of a header, whose grammar has no IPv6 addresses.
    private static bool IsHttps(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
        && url.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 && url.UserInfo.Length == 0;

    // "//host" and "/\host" would be another server.
    [GeneratedRegex(@"^/(?![/\\])[^\s\\]*\z")]
    private static partial Regex LocalPath();
}

[OptionsValidator]
internal sealed partial class ConsoleOptionsValidator : IValidateOptions<ConsoleOptions>;
