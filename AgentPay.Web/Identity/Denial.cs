using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Identity;

/// <summary>Redirects to <c>/denied</c> with a reason code. For a logged failure, the URL also has the reference in the log.</summary>
internal static class Denial
{
    public static void Deny(this HttpContext context, string reason) => Redirect(context, new() { ["reason"] = reason });

    public static void Deny(this HttpContext context, string reason, ILogger log, Exception? failure)
    {
        var reference = Convert.ToHexString(RandomNumberGenerator.GetBytes(5));
        log.SignInFailed(reason, reference, failure);
        Redirect(context, new() { ["reason"] = reason, ["reference"] = reference });
    }

    private static void Redirect(HttpContext context, Dictionary<string, string?> query) =>
        context.Response.Redirect(QueryHelpers.AddQueryString(context.Request.PathBase + IdentityAddresses.Denied, query));
}
