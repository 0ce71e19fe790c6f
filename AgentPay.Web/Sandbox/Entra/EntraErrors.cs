using AgentPay.Web.Sandbox.Pages;

namespace AgentPay.Web.Sandbox.Entra;

// Endpoint filters that answer an EntraError: as JSON for programs, as a page for people.
public static class EntraErrors
{
    public static async ValueTask<object?> AsJson(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var context = call.HttpContext;
        try
        {
            EntraTenant.RequireTenant(context.GetRouteValue("tenant") as string);
            return await next(call);
        }
        catch (EntraError error)
        {
            if (error.Status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Basic realm=\"Entra\"";
            return error.AsJson(Now(context));
        }
    }

    public static async ValueTask<object?> AsPage(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        try
        {
            return await next(call);
        }
        catch (EntraError error)
        {
            return SandboxPage.Of<Notice>(new()
            {
                [nameof(Notice.Heading)] = "Sign-in request rejected",
                [nameof(Notice.Text)] = "The request from the application is not valid:",
                [nameof(Notice.Detail)] = error.Description(Now(call.HttpContext)),
            }) with { Status = error.Status };
        }
    }

    private static DateTimeOffset Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
}
