using Microsoft.AspNetCore.Authentication;

namespace AgentPay.Web.Identity;

/// <summary><c>GET /signin?returnUrl=</c>: for links that say "sign in"; pages that need a role lead there by themselves.</summary>
internal static class SignInEndpoint
{
    public static IResult Begin(string? returnUrl) =>
        Results.Challenge(new AuthenticationProperties { RedirectUri = LocalUrl.OrHome(returnUrl) }, [IdentitySchemes.SignIn]);
}
