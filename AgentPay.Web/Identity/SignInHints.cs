using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace AgentPay.Web.Identity;

/// <summary><c>login_hint</c> and <c>domain_hint</c> of the requested page, which spare people Entra's account picker. Invalid hints are dropped.</summary>
internal static partial class SignInHints
{
    /// <summary>From the query of the request, or of the page that the sign-in leads back to.</summary>
    public static void AddTo(OpenIdConnectMessage message, HttpRequest request, string? returnUrl)
    {
        message.LoginHint = Find(OpenIdConnectParameterNames.LoginHint, LoginHint());
        message.DomainHint = Find(OpenIdConnectParameterNames.DomainHint, DomainHint());

        string? Find(string name, Regex valid)
        {
            var given = request.Query[name] is { Count: > 0 } own ? own : Query(returnUrl).GetValueOrDefault(name);
            return given is [{ } hint] && valid.IsMatch(hint) ? hint : null;
        }
    }

    /// <summary>A path with the hints of another URL, for a sign-in that leads back to that path.</summary>
    public static string CarryTo(string path, string? url) => QueryHelpers.AddQueryString(
        path, Query(url).Where(part => part.Key is OpenIdConnectParameterNames.LoginHint or OpenIdConnectParameterNames.DomainHint));

    private static Dictionary<string, StringValues> Query(string? url) =>
        url?.IndexOf('?') is > 0 and var start ? QueryHelpers.ParseQuery(url[start..]) : [];

    [GeneratedRegex(@"^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~@-]{1,256}\z")]
    private static partial Regex LoginHint();

    [GeneratedRegex(@"^[\p{L}\p{N}.-]{1,253}\z")]
    private static partial Regex DomainHint();
}
