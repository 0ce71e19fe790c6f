using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace AgentPay.Web.Sandbox.Pages;

/// <summary>A page of the sandbox: a component rendered once, on the server, without scripts unless it asks for them. It is not framed and not cached.</summary>
public sealed record SandboxPage : IResult
{
    public const string Appearance = "appearance";

    // The one that the console keeps the chosen theme in.
    private const string AppearanceCookie = "agentpay-appearance";

    private readonly Func<HtmlRenderer, Task<string>> _render;

    private SandboxPage(Func<HtmlRenderer, Task<string>> render) => _render = render;

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Where submitting a form of the page redirects to; null for this server. Browsers check redirects against <c>form-action</c> too.</summary>
    public Uri? FormsLeadTo { get; init; }

    /// <summary>The page loads style sheets and scripts from this server, and sends requests to it.</summary>
    public bool HasScript { get; init; }

    public static SandboxPage Of<TComponent>(Dictionary<string, object?> parameters) where TComponent : IComponent =>
        new(async renderer => (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var appearance = httpContext.Request.Cookies[AppearanceCookie] is { } chosen and ("light" or "dark") ? chosen : "system";
        // Not the services of the application, which would treat this page as one of the console.
        await using var services = new ServiceCollection().AddCascadingValue(Appearance, _ => appearance).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, httpContext.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(() => _render(renderer));
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        var own = HasScript ? " 'self'; script-src 'self'; connect-src 'self'" : "";
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src '{SandboxStyle.Hash}'{own}; font-src 'self'; img-src data:; "
            + $"form-action {FormTargets}; frame-ancestors 'none'; base-uri 'none'";
        response.Headers.XFrameOptions = "DENY";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "strict-origin";
        await response.WriteAsync(html, httpContext.RequestAborted);
    }

    /// <summary>In the grammar of CSP, which has no IPv6 addresses: for these, the scheme is allowed.</summary>
    private string FormTargets => FormsLeadTo switch
    {
        null => "'self'",
        { HostNameType: UriHostNameType.IPv6 } uri => $"'self' {uri.Scheme}:",
        var uri => $"'self' {uri.GetLeftPart(UriPartial.Authority)}",
    };
}
