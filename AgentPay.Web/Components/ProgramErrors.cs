using AgentPay.Web.Identity;
using Microsoft.AspNetCore.Diagnostics;

namespace AgentPay.Web.Components;

/// <summary>A program that meets an exception of ours is told 500 and nothing else; the page with a reference is for people.</summary>
internal sealed class ProgramErrors : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken) => new(!httpContext.Request.IsNavigation());
}
