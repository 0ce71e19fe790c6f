using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace AgentPay.Web.Sandbox.Pages;

/// <summary>A server-rendered page of the sandbox. It has no scripts by default, cannot be framed and is not cached.</summary>
public sealed record SandboxPage : IResult
{
    public const string Appearance = "appearance";

    // The console stores the chosen theme in this cookie.
    private const string AppearanceCookie = "agentpay-appearance";

    private readonly Func<HtmlRenderer, Task<string>> _render;

    private SandboxPage(Func<HtmlRenderer, Task<string>> render) => _render = render;

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>
    /// The target to which a submitted form redirects; null for this server. Browsers also check redirects against <c>form-action</c>.
    /// </summary>
    public Uri? FormTarget { get; init; }

    /// <summary>Whether the page loads style sheets and scripts from this server and sends requests to it.</summary>
    public bool HasScript { get; init; }

    public static SandboxPage Of<TComponent>(Dictionary<string, object?> parameters) where TComponent : IComponent =>
        new(async renderer => (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var appearance = httpContext.Request.Cookies[AppearanceCookie] is { } chosen and ("light" or "dark") ? chosen : "system";
        // The services of the application would render this page as a page of the console.
        await using var services = new ServiceCollection().AddCascadingValue(Appearance, _ => appearance).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, httpContext.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(() => _render(renderer));
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        var own = HasScript ? " 'self'; script-src 'self'; connect-src 'self'" : "";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src '{SandboxStyle.Hash}'{own}; font-src 'self'; img-src data:; "
            + $"form-action {FormTargets}; frame-ancestors 'none'; base-uri 'none'";
        response.Headers.XFrameOptions = "DENY";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "strict-origin";
        await response.WriteAsync(html, httpContext.RequestAborted);
    }

    // A CSP source cannot contain an IPv6 address. For such a host, the scheme is allowed.
    private string FormTargets => FormTarget switch
    {
        null => "'self'",
        { HostNameType: UriHostNameType.IPv6 } uri => $"'self' {uri.Scheme}:",
        var uri => $"'self' {uri.GetLeftPart(UriPartial.Authority)}",
    };
}
