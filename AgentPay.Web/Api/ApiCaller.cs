using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Authentication;

namespace AgentPay.Web.Api;

/// <summary>
/// Lets a request through that carries a good Sync token, and answers any other in the predecessor's words. A route is left no longer than
/// <see cref="Patience"/>: then its request counts as aborted.
/// </summary>
internal sealed class ApiCaller(TimeProvider clock) : IEndpointFilter
{
    /// <summary>Two seconds more than the desk's own.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        var result = await http.AuthenticateAsync(IdentitySchemes.SyncBearer);
        if (result.Succeeded)
        {
            http.User = result.Principal;
            return await WithPatience(context, next);
        }
        // The scheme answers by itself while Sync has not been reached, when no token can be judged.
        await http.ChallengeAsync(IdentitySchemes.SyncBearer);
        return http.Response.StatusCode == StatusCodes.Status401Unauthorized ? ApiAnswer.NotAuthorised : Results.Empty;
    }

    private async ValueTask<object?> WithPatience(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var aborted = context.HttpContext.RequestAborted;
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, aborted);
        context.HttpContext.RequestAborted = either.Token;
        try
        {
            return await next(context);
        }
        finally
        {
            // The answer is still to be written.
            context.HttpContext.RequestAborted = aborted;
        }
    }

    /// <summary>The agent that the token was issued to, by principal name.</summary>
    public static string AgentOf(HttpContext context) => context.User.Identity!.Name!;
}
