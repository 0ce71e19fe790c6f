using Microsoft.AspNetCore.Diagnostics;

namespace AgentPay.Web.WebPages;

/// <summary>Answers exceptions with an empty 500 for programs; people get the error page with a reference.</summary>
internal sealed class ProgramErrors : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken) =>
        new(!httpContext.Request.IsNavigation());
}
