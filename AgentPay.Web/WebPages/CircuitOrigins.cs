namespace AgentPay.Web.WebPages;

/// <summary>
/// Refuses circuits to pages of other origins. A browser lets any page open a WebSocket here, and sends the session's cookie along if that
/// page is of the same site or may be framed: it would act with the rights of the person who is signed in.
/// </summary>
public sealed class CircuitOrigins(PublicAddress address) : IMiddleware
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/_blazor") || IsOwn(context.Request)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Behind a proxy, the request's host may differ from the browser's address: the public base URL is accepted too.</summary>
    private bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return true;
        var own = new Uri(address.BaseUrl);
        return Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && (own.Scheme == Uri.UriSchemeHttp || page.Scheme == Uri.UriSchemeHttps)
            && (page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
                || page.Authority.Equals(own.Authority, StringComparison.OrdinalIgnoreCase));
    }
}
