using System.Net;
using Microsoft.AspNetCore.Diagnostics;

namespace AgentPay.Web.Sandbox.Control;

/// <summary>Restricts endpoints to the sandbox's own machine. They need no credentials and can control everything.</summary>
internal static class LocalApi
{
    /// <summary>Maps a group of JSON endpoints that explain each rejection in the body.</summary>
    /// <param name="name">The subject of the messages.</param>
    public static RouteGroupBuilder MapLocalApi(this WebApplication app, string path, string name)
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(path),
            api => api.UseStatusCodePages(rejected => WriteErrorAsync(rejected, name)));
        return app.MapGroup(path).AddEndpointFilter((call, next) => RestrictAccessAsync(call, next, name));
    }

    public static bool IsFromThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from);

    // Routing rejects unknown paths and methods with an empty body.
    private static Task WriteErrorAsync(StatusCodeContext rejected, string name)
    {
        var (request, response) = (rejected.HttpContext.Request, rejected.HttpContext.Response);
        var message = response.StatusCode == StatusCodes.Status405MethodNotAllowed
            ? $"{request.Path} accepts {response.Headers.Allow}, not {request.Method}"
            : $"{name} has no {request.Path}";
        return ControlEndpoints.Problem(message, response.StatusCode).ExecuteAsync(rejected.HttpContext);
    }

    private static async ValueTask<object?> RestrictAccessAsync(
        EndpointFilterInvocationContext call,
        EndpointFilterDelegate next,
        string name)
    {
        if (!IsFromThisMachine(call.HttpContext)) return Forbidden($"{name} works only on the machine that runs the sandbox");
        if (IsFromAnotherSite(call.HttpContext.Request)) return Forbidden($"{name} rejects requests from pages of other sites");
        return await next(call);
    }

    private static IResult Forbidden(string error) => ControlEndpoints.Problem(error, StatusCodes.Status403Forbidden);

    // A browser sends the origin of the page. Scripts and tests send none.
    private static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers.Origin.Count > 0 && request.Headers.Origin != $"{request.Scheme}://{request.Host}";
}
