using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace AgentPay.Web.Identity;

/// <summary>The endpoints and keys that Entra publishes, for sign-in and access tokens: renewed twice a day, and kept while Entra cannot be reached.</summary>
internal sealed class EntraDiscovery(EntraBackchannel backchannel, IdentityAddresses addresses)
{
    private readonly Lazy<ConfigurationManager<OpenIdConnectConfiguration>> _configuration = new(() => new(
        addresses.Discovery.AbsoluteUri,
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(backchannel.Http) { RequireHttps = addresses.Discovery.Scheme == Uri.UriSchemeHttps },
        new Completeness())
    {
        // At most one request a minute, however many tokens arrive under unknown keys.
        RefreshInterval = TimeSpan.FromMinutes(1),
        // Otherwise a key that Entra has withdrawn is valid for another hour.
        UseLastKnownGoodConfiguration = false,
    });

    /// <summary>Available once the server listens, because the sandbox's Entra is on this very server.</summary>
    public ConfigurationManager<OpenIdConnectConfiguration> Configuration => _configuration.Value;

    private sealed class Completeness : IConfigurationValidator<OpenIdConnectConfiguration>
    {
        public ConfigurationValidationResult Validate(OpenIdConnectConfiguration configuration)
        {
            var isComplete = !string.IsNullOrEmpty(configuration.Issuer) && configuration.SigningKeys.Count > 0
                && IsUrl(configuration.AuthorizationEndpoint) && IsUrl(configuration.TokenEndpoint);
            return new() { Succeeded = isComplete, ErrorMessage = isComplete ? null : "The discovery document is incomplete." };
        }

        private static bool IsUrl(string? text) => Uri.TryCreate(text, UriKind.Absolute, out _);
    }
}
