using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Abstractions;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace AgentPay.Web.Identity;

/// <summary>
/// Authenticates this server at Entra's token endpoint. Uses the first of <see cref="AzureAdOptions.ClientCredentials"/> that can be
/// loaded, or the client secret. Microsoft.Identity.Web uses certificates and managed identities only to acquire tokens, not to sign users
/// in (issue 3631 of microsoft-identity-web). So the client assertion is added here.
/// </summary>
internal sealed class ClientCredential(IOptions<AzureAdOptions> azureAd, TimeProvider clock, ILogger<DefaultCredentialsLoader> log)
{
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    // A renewed file or a rotated Key Vault certificate is used after this time, without a restart.
    private static readonly TimeSpan ReloadAfter = TimeSpan.FromHours(1);

    private static readonly CredentialSource[] Local =
    [
        CredentialSource.Path, CredentialSource.Base64Encoded,
        CredentialSource.StoreWithThumbprint, CredentialSource.StoreWithDistinguishedName, CredentialSource.StoreWithSubjectName,
    ];

    private static readonly CredentialSource[] Remote =
        [CredentialSource.KeyVault, CredentialSource.SignedAssertionFromManagedIdentity, CredentialSource.SignedAssertionFilePath];

    private volatile Loaded? _loaded;

    /// <summary>Adds the secret or a client assertion (RFC 7523, 2.2) to a request to the token endpoint.</summary>
    /// <exception cref="SignInRefusedException">No credential could be loaded.</exception>
    public async Task AddToAsync(OpenIdConnectMessage request, string tokenEndpoint)
    {
        var credential = await LoadAsync() ?? throw new SignInRefusedException(EntraTokens.NoCredential);
        request.ClientSecret = credential.ClientSecret;
        if (credential.ClientSecret is not null) return;
        request.ClientAssertionType = JwtBearer;
        request.ClientAssertion = credential.CachedValue is ClientAssertionProviderBase provider
            ? await provider.GetSignedAssertionAsync(null)
            : ClientAssertion.Sign(credential.Certificate!, azureAd.Value.ClientId!, tokenEndpoint, clock.GetUtcNow());
    }

    /// <summary>Returns the credential in use. Returns null and logs the reason if none can be loaded.</summary>
    public async Task<CredentialDescription?> LoadAsync()
    {
        var configured = azureAd.Value.ClientCredentials;
        if (configured.Count == 0) return new() { SourceType = CredentialSource.ClientSecret, ClientSecret = azureAd.Value.ClientSecret };
        if (_loaded is { } cached && clock.GetUtcNow() < cached.At + ReloadAfter) return cached.Credential;
        // The loader caches the credential in its description, so a fresh copy is needed to load it again.
        var copies = configured.Select(description => new CredentialDescription(description)).ToList();
        try
        {
            var credential = await new DefaultCredentialsLoader(log).LoadFirstValidCredentialsAsync(copies);
            if (credential is not null) _loaded = new(credential, clock.GetUtcNow());
            return credential;
        }
        catch (Exception failure)
        {
            log.CredentialNotLoaded(failure);
            return null;
        }
    }

    /// <summary>Returns the problem of a configured credential, or null. Makes no request to Azure.</summary>
    public static string? ProblemOf(CredentialDescription configured)
    {
        var source = configured.SourceType;
        if (source == CredentialSource.ClientSecret)
            return string.IsNullOrWhiteSpace(configured.ClientSecret) ? "has no ClientSecret" : null;
        if (Remote.Contains(source)) return null;
        if (!Local.Contains(source)) return "has a SourceType that is not supported: use one of " + string.Join(", ", Local.Concat(Remote));
        try
        {
            var copy = new CredentialDescription(configured);
            new DefaultCredentialsLoader().LoadCredentialsIfNeededAsync(copy).GetAwaiter().GetResult();
            using var key = copy.Certificate?.GetRSAPrivateKey();
            return key is null ? "is not a certificate with an RSA private key" : null;
        }
        catch (Exception unusable)
        {
            return $"cannot be loaded ({unusable.GetType().Name})";
        }
    }

    private sealed record Loaded(CredentialDescription Credential, DateTimeOffset At);
}
