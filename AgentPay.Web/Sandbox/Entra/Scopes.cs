namespace AgentPay.Web.Sandbox.Entra;

/// <summary>The requested scopes: those of OpenID Connect and of the application's own API (<c>api://{client id}/…</c>).</summary>
public sealed class Scopes
{
    private const string OwnApi = $"api://{EntraTenant.ClientId}/";

    private readonly string[] _all;
    private readonly string[] _api;

    public Scopes(string text)
    {
        _all = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _api = Array.FindAll(_all, scope => scope.StartsWith("api://", StringComparison.OrdinalIgnoreCase));
        if (!_all.Contains("openid")) throw new EntraError("invalid_scope", 70011, "The scope must contain openid.");
        if (!Array.TrueForAll(_api, scope => scope.StartsWith(OwnApi, StringComparison.OrdinalIgnoreCase) && scope.Length > OwnApi.Length))
            throw new EntraError("invalid_resource", 500011, $"The only API in this tenant is {OwnApi}.");
    }

    // The scp claim of an access token for the API. Null if no scope of the API was requested.
    public string? OfApi => _api.Length == 0 ? null : string.Join(' ', _api.Select(scope => scope[OwnApi.Length..]));

    // The scope value of the token response. There are no refresh tokens, so offline_access is never granted.
    public string Granted => string.Join(' ', _api.Length > 0 ? _api : _all.Where(scope => scope != "offline_access"));
}
