using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace AgentPay.Web.Identity;

/// <summary>Entra's published endpoints and signing keys. They are renewed twice a day, and kept while Entra cannot be reached.</summary>
internal sealed class EntraDiscovery(EntraBackchannel backchannel, IdentityAddresses addresses)
{
    private readonly Lazy<ConfigurationManager<OpenIdConnectConfiguration>> _configuration = new(() => new(
        addresses.Discovery.AbsoluteUri,
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(backchannel.Http) { RequireHttps = addresses.Discovery.Scheme == Uri.UriSchemeHttps },
        new CompletenessValidator())
    {
        // Limits the requests for tokens with an unknown key to one a minute.
        RefreshInterval = TimeSpan.FromMinutes(1),
        // Otherwise a withdrawn key stays valid for another hour.
        UseLastKnownGoodConfiguration = false,
    });

    /// <summary>Available once the server listens: the sandbox's Entra runs on this server.</summary>
    public ConfigurationManager<OpenIdConnectConfiguration> Configuration => _configuration.Value;

    private sealed class CompletenessValidator : IConfigurationValidator<OpenIdConnectConfiguration>
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
