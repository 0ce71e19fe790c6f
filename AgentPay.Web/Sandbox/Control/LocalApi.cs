using System.Net;
using Microsoft.AspNetCore.Diagnostics;

namespace AgentPay.Web.Sandbox.Control;

/// <summary>What is for people and scripts on the sandbox's own machine alone: it has no credentials, and can do everything.</summary>
internal static class LocalApi
{
    /// <summary>A group of JSON endpoints that says in words what it refuses.</summary>
    /// <param name="name">Begins the sentences.</param>
    public static RouteGroupBuilder MapLocalApi(this WebApplication app, string path, string name)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments(path), api => api.UseStatusCodePages(refused => SayWhatIsWrongAsync(refused, name)));
        return app.MapGroup(path).AddEndpointFilter((call, next) => AdmitAsync(call, next, name));
    }

    public static bool IsFromThisMachine(HttpContext context) => context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from);

    /// <summary>For what the routing refuses without a word.</summary>
    private static Task SayWhatIsWrongAsync(StatusCodeContext refused, string name)
    {
        var (request, response) = (refused.HttpContext.Request, refused.HttpContext.Response);
        var words = response.StatusCode == StatusCodes.Status405MethodNotAllowed
            ? $"{request.Path} does not take {request.Method}, but {response.Headers.Allow}"
            : $"{name} does not have {request.Path}";
        return ControlEndpoints.Problem(words, response.StatusCode).ExecuteAsync(refused.HttpContext);
    }

    private static async ValueTask<object?> AdmitAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next, string name)
    {
        if (!IsFromThisMachine(call.HttpContext)) return Forbid($"{name} answers only on the machine that the sandbox runs on");
        return IsFromAnotherSite(call.HttpContext.Request) ? Forbid($"{name} does not answer pages of other sites") : await next(call);
    }

    private static IResult Forbid(string error) => ControlEndpoints.Problem(error, StatusCodes.Status403Forbidden);

    /// <summary>A browser on this machine names the page that asks; scripts and tests name none.</summary>
    private static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers.Origin.Count > 0 && request.Headers.Origin != $"{request.Scheme}://{request.Host}";
}
