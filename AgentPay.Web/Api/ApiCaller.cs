using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Authentication;

namespace AgentPay.Web.Api;

/// <summary>
/// Authenticates requests with a Sync token, and answers others with the predecessor's error message. After
/// <see cref="Timeouts.ApiRequest"/>, the request is aborted.
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
        // The scheme answers 503 if Sync has not been reached yet: tokens cannot be verified then.
        await http.ChallengeAsync(IdentitySchemes.SyncBearer);
        return http.Response.StatusCode == StatusCodes.Status401Unauthorized ? ApiAnswer.NotAuthorised : Results.Empty;
    }

    private async ValueTask<object?> WithTimeoutAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var aborted = context.HttpContext.RequestAborted;
        using var timeout = new CancellationTokenSource(Timeouts.ApiRequest, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, aborted);
        context.HttpContext.RequestAborted = linked.Token;
        try
        {
            return await next(context);
        }
        finally
        {
            // The response is written after this, and must not be cancelled by the timeout.
            context.HttpContext.RequestAborted = aborted;
        }
    }

    /// <summary>Whether Twilio or Sync is unavailable, or the timeout of the request has expired.</summary>
    public static bool IsUnavailable(Exception fault) => fault is ServiceUnavailableException or OperationCanceledException;

    /// <summary>Returns the principal name of the agent that the token was issued to.</summary>
    public static string AgentOf(HttpContext context) => context.User.Identity!.Name!;
}
