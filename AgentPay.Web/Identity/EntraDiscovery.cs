using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace AgentPay.Web.Identity;

/// <summary>
/// The endpoints and keys that Entra publishes: fetched when first needed, renewed twice a day, and used on while Entra is out of reach.
/// The library's ConfigurationManager renews in the background and by the system's clock, so that the first token under a new key would be refused.
/// </summary>
internal sealed class EntraDiscovery(
    IOptions<AzureAdOptions> options, IServer server, EntraBackchannel backchannel, TimeProvider clock, ILogger<EntraDiscovery> log)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>However many tokens come under keys that nobody knows, Entra is not asked more often than this.</summary>
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Published? _published;
    private Task<OpenIdConnectConfiguration>? _fetching;

    /// <summary>Where Entra publishes them.</summary>
    public Uri Address => new($"{server.Resolve(options.Value.Instance.TrimEnd('/')).AbsoluteUri.TrimEnd('/')}/{options.Value.TenantId}/v2.0/.well-known/openid-configuration");

    /// <exception cref="EntraUnreachableException">There is nothing to fall back on.</exception>
    public Task<OpenIdConnectConfiguration> GetAsync(CancellationToken cancellation) => NoOlderThanAsync(Lifetime, cancellation);

    /// <summary>As <see cref="GetAsync"/>, for when a key is missing.</summary>
    public Task<OpenIdConnectConfiguration> RefreshAsync(CancellationToken cancellation) => NoOlderThanAsync(RefreshInterval, cancellation);

    private Task<OpenIdConnectConfiguration> NoOlderThanAsync(TimeSpan age, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_published is { } published && clock.GetUtcNow() - published.At < age) return Task.FromResult(published.Configuration);
            // Shared by everybody who waits, so one who gives up does not stop it.
            if (_fetching is null or { IsCompleted: true }) _fetching = FetchAsync();
            return _fetching.WaitAsync(cancellation);
        }
    }

    private async Task<OpenIdConnectConfiguration> FetchAsync()
    {
        try
        {
            return Keep(await ReadAsync());
        }
        catch (Exception failure)
        {
            if (_published is not { } known) throw new EntraUnreachableException(failure);
            log.DiscoveryFailed(failure);
            return Keep(known.Configuration);
        }
    }

    private async Task<OpenIdConnectConfiguration> ReadAsync()
    {
        var address = Address;
        var documents = new HttpDocumentRetriever(backchannel.Http) { RequireHttps = address.Scheme == Uri.UriSchemeHttps };
        var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(address.AbsoluteUri, documents, CancellationToken.None);
        var isComplete = !string.IsNullOrEmpty(configuration.Issuer) && configuration.SigningKeys.Count > 0
            && IsUrl(configuration.AuthorizationEndpoint) && IsUrl(configuration.TokenEndpoint);
        return isComplete ? configuration : throw new InvalidDataException("The discovery document is incomplete.");
    }

    private OpenIdConnectConfiguration Keep(OpenIdConnectConfiguration configuration)
    {
        lock (_lock) _published = new(configuration, clock.GetUtcNow());
        return configuration;
    }

    private static bool IsUrl(string? text) => Uri.TryCreate(text, UriKind.Absolute, out _);

    private sealed record Published(OpenIdConnectConfiguration Configuration, DateTimeOffset At);
}
