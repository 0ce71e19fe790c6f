using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Authentication;

namespace AgentPay.Web.Api;

/// <summary>Lets a request through that carries a good Sync token, and answers any other in the predecessor's words.</summary>
internal sealed class ApiCaller : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        var result = await http.AuthenticateAsync(IdentitySchemes.SyncBearer);
        if (result.Succeeded)
        {
            http.User = result.Principal;
            return await next(context);
        }
        // The scheme answers by itself while Sync has not been reached, when no token can be judged.
        await http.ChallengeAsync(IdentitySchemes.SyncBearer);
        return http.Response.StatusCode == StatusCodes.Status401Unauthorized ? ApiAnswer.NotAuthorised : Results.Empty;
    }

    /// <summary>The agent that the token was issued to, by principal name.</summary>
    public static string AgentOf(HttpContext context) => context.User.Identity!.Name!;
}
