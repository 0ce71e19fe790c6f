using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sandbox.Entra;

// Addresses of the tenant on the host of the request.
public sealed class EntraUrls(IOptions<SandboxOptions> options)
{
    public string Issuer(HttpRequest request) => $"{Tenant(request)}/v2.0";

    public string Token(HttpRequest request) => $"{Tenant(request)}/oauth2/v2.0/token";

    // The discovery document (OpenID Connect Discovery 1.0) with the members that Entra ID sends. It lists only what the sandbox supports.
    public object Discovery(HttpRequest request)
    {
        var tenant = Tenant(request);
        return new
        {
            token_endpoint = Token(request),
            token_endpoint_auth_methods_supported = new[] { "client_secret_post", "private_key_jwt", "client_secret_basic" },
            jwks_uri = $"{tenant}/discovery/v2.0/keys",
            response_modes_supported = new[] { "query", "form_post" },
            subject_types_supported = new[] { "pairwise" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
            response_types_supported = new[] { "code" },
            scopes_supported = new[] { "openid", "profile", "email", "offline_access" },
            issuer = Issuer(request),
            request_uri_parameter_supported = false,
            authorization_endpoint = $"{tenant}/oauth2/v2.0/authorize",
            http_logout_supported = true,
            end_session_endpoint = $"{tenant}/oauth2/v2.0/logout",
            claims_supported = new[] { "sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver" },
        };
    }

    private string Tenant(HttpRequest request) => $"{options.Value.BaseUrlFor(request)}{EntraTenant.InstancePath}/{EntraTenant.Id}";
}
