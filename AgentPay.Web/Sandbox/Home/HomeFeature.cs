using AgentPay.Web.Sandbox.Pages;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Home;

/// <summary>The start page at <c>/sandbox</c>: addresses, settings and credentials of the sandbox.</summary>
public static class HomeFeature
{
    public static void MapHome(this IEndpointRouteBuilder app) =>
        app.MapGet("/sandbox", (HttpRequest request, IOptions<SandboxOptions> options) => SandboxPage.Of<StartPage>(new()
        {
            [nameof(StartPage.BaseUrl)] = options.Value.BaseUrlFor(request),
            [nameof(StartPage.Sandbox)] = request.PathBase + "/sandbox",
            [nameof(StartPage.ConsoleUrl)] = options.Value.ConsoleUrlFor(request),
        })).AllowAnonymous();
}
