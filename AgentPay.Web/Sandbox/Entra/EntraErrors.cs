using AgentPay.Web.Sandbox.Pages;

namespace AgentPay.Web.Sandbox.Entra;

/// <summary>Answers an <see cref="EntraError"/>: as JSON where programs ask, as a page where people do.</summary>
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
        catch (EntraError refused)
        {
            if (refused.Status == StatusCodes.Status401Unauthorized) context.Response.Headers.WWWAuthenticate = "Basic realm=\"Entra\"";
            return refused.AsJson(Now(context));
        }
    }

    public static async ValueTask<object?> AsPage(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        try
        {
            return await next(call);
        }
        catch (EntraError refused)
        {
            return SandboxPage.Of<Notice>(new()
            {
                [nameof(Notice.Heading)] = "This request cannot be answered",
                [nameof(Notice.Text)] = "The application that sent you here asked for something that this sandbox cannot give:",
                [nameof(Notice.Detail)] = refused.Description(Now(call.HttpContext)),
            }) with { Status = refused.Status };
        }
    }

    private static DateTimeOffset Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
}
