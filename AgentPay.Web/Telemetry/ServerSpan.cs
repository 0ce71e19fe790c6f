using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace AgentPay.Web.Telemetry;

/// <summary>
/// Names and tags of the server's spans, which the framework leaves without. The route, never the path or the query: those may name people,
/// calls and amounts.
/// </summary>
internal static class ServerSpan
{
    public static async Task DescribeAsync(HttpContext context, RequestDelegate next)
    {
        var span = context.Features.Get<IHttpActivityFeature>()?.Activity;
        // A balancer asks every few seconds, and there is nothing to learn from it.
        if (span is not null && context.Request.Path.StartsWithSegments("/health")) span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        try
        {
            await next(context);
        }
        finally
        {
            if (span is { IsAllDataRequested: true }) Describe(span, context);
        }
    }

    private static void Describe(Activity span, HttpContext context)
    {
        var (method, route) = (MethodOf(context.Request), (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError) span.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Anybody can make up a method.</summary>
    private static string MethodOf(HttpRequest request) =>
        request.Method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" or "PATCH" or "CONNECT" ? request.Method : "_OTHER";
}
