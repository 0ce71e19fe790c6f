using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Authentication;

namespace AgentPay.Web.Api;

/// <summary>
/// Passes on requests with a valid Sync token, and answers others in the predecessor's words. After <see cref="Timeouts.ApiRequest"/> a
/// request counts as aborted.
/// </summary>
internal sealed class ApiCaller(TimeProvider clock) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        var result = await http.AuthenticateAsync(IdentitySchemes.SyncBearer);
        if (result.Succeeded)
        {
            http.User = result.Principal;
            return await WithTimeoutAsync(context, next);
        }
        // The scheme answers by itself while Sync has not been reached, when no token can be judged.
        await http.ChallengeAsync(IdentitySchemes.SyncBearer);
        return http.Response.StatusCode == StatusCodes.Status401Unauthorized ? ApiAnswer.NotAuthorised : Results.Empty;
    }

    private async ValueTask<object?> WithTimeoutAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var aborted = context.HttpContext.RequestAborted;
        using var limit = new CancellationTokenSource(Timeouts.ApiRequest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted);
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

    /// <summary>Whether Twilio or Sync cannot be used, or the time limit of the request has passed.</summary>
    public static bool IsUnavailable(Exception fault) => fault is ServiceUnavailableException or OperationCanceledException;

    /// <summary>The agent that the token was issued to, by principal name.</summary>
    public static string AgentOf(HttpContext context) => context.User.Identity!.Name!;
}
