using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace AgentPay.Web.Identity;

/// <summary>Passes <c>login_hint</c> and <c>domain_hint</c> of the page to Entra, which then skips its account picker.</summary>
internal static partial class SignInHints
{
    /// <summary>Adds the hints in the query of the request, or else of the return URL. Drops invalid hints.</summary>
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

    /// <summary>Returns the path with the hints of the URL in its query.</summary>
    public static string CarryTo(string path, string? url) => QueryHelpers.AddQueryString(
        path, Query(url).Where(part => part.Key is OpenIdConnectParameterNames.LoginHint or OpenIdConnectParameterNames.DomainHint));

    private static Dictionary<string, StringValues> Query(string? url) =>
        url?.IndexOf('?') is > 0 and var start ? QueryHelpers.ParseQuery(url[start..]) : [];

    [GeneratedRegex(@"^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~@-]{1,256}\z")]
    private static partial Regex LoginHint();

    [GeneratedRegex(@"^[\p{L}\p{N}.-]{1,253}\z")]
    private static partial Regex DomainHint();
}
