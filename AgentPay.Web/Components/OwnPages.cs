namespace AgentPay.Web.Components;

/// <summary>
/// Circuits are for pages of this server alone. A browser keeps no page of another site from opening a WebSocket here, and sends the
/// session's cookie along where that one may be framed or is of the same site: the page would act as whoever is signed in.
/// </summary>
public sealed class OwnPages(PublicAddress address) : IMiddleware
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/_blazor") || IsOwn(context.Request)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Behind a proxy, the host that the browser knows may be in the configuration alone.</summary>
    private bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return true;
        var own = new Uri(address.BaseUrl);
        return Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && (own.Scheme == Uri.UriSchemeHttp || page.Scheme == Uri.UriSchemeHttps)
            && (page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase) || page.Authority.Equals(own.Authority, StringComparison.OrdinalIgnoreCase));
    }
}
