using AgentPay.Web.Sandbox.Pages;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentPay.Web.Sandbox.Entra;

// /oauth2/v2.0/logout (OpenID Connect RP-Initiated Logout 1.0), by GET or POST.
public static class LogoutEndpoint
{
    public static async Task<IResult> SignOutAsync(HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        SignInSession.End(request.HttpContext);
        var parameters = HttpMethods.IsPost(request.Method) && request.HasFormContentType
            ? await OAuthParameters.ReadFormAsync(request)
            : OAuthParameters.OfQuery(request);
        if (RedirectUris.Read(parameters.Optional("post_logout_redirect_uri"), request) is not { } uri) return SignedOut();
        var state = new Dictionary<string, string?> { ["state"] = parameters.Optional("state") };
        return Results.Redirect(QueryHelpers.AddQueryString(uri.AbsoluteUri, state));
    }

    private static SandboxPage SignedOut() => SandboxPage.Of<Notice>(new()
    {
        [nameof(Notice.Heading)] = "You are signed out",
        [nameof(Notice.Text)] = "You can close this window.",
    });
}
