using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Identity;

/// <summary>Leads somebody who cannot go on to <c>/denied</c>: a reason in a word, and for what the log tells more about, a reference to it.</summary>
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
