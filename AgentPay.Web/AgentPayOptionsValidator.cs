using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace AgentPay.Web;

/// <summary>Twilio signs and calls back the public base URL, so in Live it must be there, and nothing but https may carry it off this machine. Browsers compare origins letter by letter.</summary>
public sealed partial class AgentPayOptionsValidator : IValidateOptions<AgentPayOptions>
{
    private const string Key = "AgentPay:PublicBaseUrl";
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(5);

    private const string Example = "(environment variable AgentPay__PublicBaseUrl, for example https://pay.example.com)";

    public ValidateOptionsResult Validate(string? name, AgentPayOptions options)
    {
        List<string> found =
        [
            .. FailureOf(options) is { } failure ? [failure] : Array.Empty<string>(),
            .. options.AllowedOrigins.Select(FailureOfOrigin).OfType<string>(),
            .. options.FrameAncestors.Select(FailureOfAncestor).OfType<string>(),
            .. options.KnownProxies.Select(FailureOfProxy).OfType<string>(),
            .. FailuresOf(options.RateLimits),
        ];
        if (options.DrainTime < TimeSpan.Zero || options.DrainTime > LongestDrain) found.Add("AgentPay:DrainTime must be between nothing and five minutes (environment variable AgentPay__DrainTime, for example 00:00:10).");
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    private static string? FailureOf(AgentPayOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.PublicBaseUrl))
            return options.Mode == AgentPayMode.Live ? $"{Key} is missing. Live needs the address that Twilio calls back {Example}." : null;
        if (!Uri.TryCreate(options.PublicBaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return $"{Key} is '{options.PublicBaseUrl}', which is not an absolute http or https URL {Example}.";
        if (url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            return $"{Key} must be a scheme and a host, without user, query or fragment {Example}.";
        if (url.AbsolutePath != "/")
            return $"{Key} has the path '{url.AbsolutePath}'. AgentPay answers at the root of a host only, as sign-in, cookies and links go by that: give it a host name of its own {Example}.";
        return url.Scheme == "https" || url.IsLoopback ? null : $"{Key} must be https, unless it is this machine {Example}.";
    }

    /// <summary>Goes into a header as it is, so only what cannot be anything else passes; a whole scheme, or everybody, would be an invitation to clickjacking.</summary>
    private static string? FailureOfAncestor(string ancestor, int index) => FrameAncestor().IsMatch(ancestor)
        ? null
        : $"AgentPay:FrameAncestors:{index} is '{ancestor}', which is neither 'self' in its quotes nor a site (environment variable AgentPay__FrameAncestors__{index}, for example https://cti.example.com or https://*.example.com).";

    [GeneratedRegex(@"^('self'|https://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?)\z")]
    private static partial Regex FrameAncestor();

    /// <summary>Only what a browser would send in its Origin header can ever be allowed: lower case, the host in Punycode, no path, no default port.</summary>
    private static string? FailureOfOrigin(string origin, int index)
    {
        var isOrigin = Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && origin == $"{url.Scheme}://{(url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost)}{(url.IsDefaultPort ? "" : $":{url.Port}")}";
        return isOrigin ? null : $"AgentPay:AllowedOrigins:{index} is '{origin}', which is not an origin as browsers send it (environment variable AgentPay__AllowedOrigins__{index}, for example https://desk.example.com).";
    }

    private static string? FailureOfProxy(string proxy, int index) => IPAddress.TryParse(proxy, out _) || IPNetwork.TryParse(proxy, out _)
        ? null
        : $"AgentPay:KnownProxies:{index} is '{proxy}', which is neither an IP address nor a network (environment variable AgentPay__KnownProxies__{index}, for example 10.0.0.5 or 10.0.0.0/8).";

    private static IEnumerable<string> FailuresOf(RateLimitOptions limits)
    {
        foreach (var (name, value) in ((string, int)[])[(nameof(limits.SignInPerMinute), limits.SignInPerMinute), (nameof(limits.ApiPerMinute), limits.ApiPerMinute)])
            if (value is < 1 or > 1_000_000) yield return FormattableString.Invariant($"AgentPay:RateLimits:{name} is {value}. It must be from 1 to 1000000 (environment variable AgentPay__RateLimits__{name}, for example 6000).");
    }
}
