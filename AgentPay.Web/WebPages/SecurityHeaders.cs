using AgentPay.Web.Identity;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.WebPages;

/// <summary>
/// Adds security headers to every answer and, for pages, the Content Security Policy. docs/security.md gives the reason for each directive.
/// </summary>
public sealed class SecurityHeaders(
    IOptions<AgentPayOptions> agentPay, IOptions<AzureAdOptions> azureAd, IOptions<ConsoleOptions> console) : IMiddleware
{
    private readonly string _policy = string.Join("; ",
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        $"img-src 'self' data: {console.Value.LogoOrigin}".TrimEnd(),
        "object-src 'none'",
        "base-uri 'self'",
        $"form-action 'self' {OriginOf(azureAd.Value.Instance)}".TrimEnd(),
        $"frame-ancestors {(agentPay.Value.FrameAncestors.Count == 0 ? "'none'" : string.Join(' ', agentPay.Value.FrameAncestors))}");

    // HSTS for this host alone, not for its subdomains.
    private readonly string? _transport =
        Uri.TryCreate(agentPay.Value.PublicBaseUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && !url.IsLoopback
            ? "max-age=31536000"
            : null;

    private readonly bool _isFramed = agentPay.Value.FrameAncestors.Count > 0;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            Write(context.Response);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private void Write(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (_transport is not null) headers.StrictTransportSecurity = _transport;
        var isPage = response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;
        if (!isPage || headers.ContentSecurityPolicy.Count > 0) return;
        headers.ContentSecurityPolicy = _policy;
        if (!_isFramed) headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    // The sandbox's instance is a path on this server.
    private static string OriginOf(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var absolute)
        && absolute.Scheme is "http" or "https"
        ? absolute.GetLeftPart(UriPartial.Authority)
        : "";
}
