using AgentPay.Web.Identity;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Components;

/// <summary>The headers of every page: scripts from here alone, no framing but by those who are configured, nothing kept in caches, https alone.</summary>
public sealed class PageHeaders(IOptions<AgentPayOptions> agentPay, IOptions<AzureAdOptions> azureAd) : IMiddleware
{
    // Components set style attributes; style sheets themselves come from here alone.
    private readonly string _policy = string.Join("; ",
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        // Signing out submits a form, and is led on to Entra.
        $"form-action 'self' {OriginOf(azureAd.Value.Instance)}".TrimEnd(),
        $"frame-ancestors {(agentPay.Value.FrameAncestors.Count == 0 ? "'none'" : string.Join(' ', agentPay.Value.FrameAncestors))}");

    /// <summary>A browser that has been here by https does not come by http again. For this host alone: what its neighbours do is not ours to say.</summary>
    private readonly string? _transport = Uri.TryCreate(agentPay.Value.PublicBaseUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && !url.IsLoopback ? "max-age=31536000" : null;

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
        if (response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) != true || headers.ContentSecurityPolicy.Count > 0) return;
        headers.ContentSecurityPolicy = _policy;
        if (!_isFramed) headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    /// <summary>Nothing for the sandbox's, which is on this server.</summary>
    private static string OriginOf(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https" ? absolute.GetLeftPart(UriPartial.Authority) : "";
}
