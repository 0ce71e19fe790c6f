using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace AgentPay.Web.Sandbox.Pages;

/// <summary>A page of the sandbox: a component rendered once, on the server. No script runs in it unless it says so, and nothing frames it or keeps it.</summary>
public sealed record SandboxPage : IResult
{
    // The pages are told everything by their parameters. The console's services would take them for pages of its own.
    private static readonly IServiceProvider NoServices = new ServiceCollection().BuildServiceProvider();

    private readonly Func<HtmlRenderer, Task<string>> _render;

    private SandboxPage(Func<HtmlRenderer, Task<string>> render) => _render = render;

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Where submitting a form of the page ends up; null for this server. Browsers hold redirects to <c>form-action</c> as well.</summary>
    public Uri? FormsLeadTo { get; init; }

    /// <summary>The page has a style sheet and a script of its own, in files of this server, and speaks with it.</summary>
    public bool HasScript { get; init; }

    public static SandboxPage Of<TComponent>(Dictionary<string, object?> parameters) where TComponent : IComponent =>
        new(async renderer => (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var renderer = new HtmlRenderer(NoServices, httpContext.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(() => _render(renderer));
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        var own = HasScript ? " 'self'; script-src 'self'; connect-src 'self'" : "";
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src '{SandboxStyle.Hash}'{own}; img-src data:; form-action {FormTargets}; frame-ancestors 'none'; base-uri 'none'";
        response.Headers.XFrameOptions = "DENY";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "strict-origin";
        await response.WriteAsync(html, httpContext.RequestAborted);
    }

    /// <summary>As CSP writes them. Its grammar has no IPv6 addresses, so these are let through by their scheme.</summary>
    private string FormTargets => FormsLeadTo switch
    {
        null => "'self'",
        { HostNameType: UriHostNameType.IPv6 } uri => $"'self' {uri.Scheme}:",
        var uri => $"'self' {uri.GetLeftPart(UriPartial.Authority)}",
    };
}
