using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.WebPages;

internal sealed partial class ConsoleOptionsValidator : IValidateOptions<ConsoleOptions>
{
    public ValidateOptionsResult Validate(string? name, ConsoleOptions options)
    {
        List<string> failures = [];
        if (options.BrandColor is { } color && !HexColor().IsMatch(color))
            failures.Add($"Console:BrandColor is '{color}', which is not a colour as #rrggbb "
                + "(environment variable Console__BrandColor, for example #7a1fa2).");
        if (options.LogoUrl is { } url && !IsLocalPath().IsMatch(url) && !IsHttps(url))
            failures.Add($"Console:LogoUrl is '{url}', which is neither a path on this server nor an https URL "
                + "(environment variable Console__LogoUrl, for example /logo.svg or https://www.example.com/logo.svg).");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    // Its origin becomes part of a header, whose grammar has no IPv6 addresses.
    private static bool IsHttps(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
        && url.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 && url.UserInfo.Length == 0;

    [GeneratedRegex(@"^#[0-9a-fA-F]{6}\z")]
    private static partial Regex HexColor();

    // "//host" and "/\host" would be another server.
    [GeneratedRegex(@"^/(?![/\\])[^\s\\]*\z")]
    private static partial Regex IsLocalPath();
}
