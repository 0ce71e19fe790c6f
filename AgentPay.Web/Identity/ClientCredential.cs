using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Abstractions;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace AgentPay.Web.Identity;

/// <summary>
/// How this server authenticates at Entra's token endpoint: the first of <see cref="AzureAdOptions.ClientCredentials"/> that loads, or the client
/// secret. Microsoft.Identity.Web loads certificates and managed identities, but uses them for token acquisition alone and not for sign-in
/// (issue 3631 of microsoft-identity-web), so the client assertion is added here.
/// </summary>
internal sealed class ClientCredential(IOptions<AzureAdOptions> azureAd, TimeProvider clock, ILogger<DefaultCredentialsLoader> log)
{
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>A renewed file or a rotated Key Vault certificate is used after this time at the latest, without a restart.</summary>
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

    /// <summary>The credential in use; null when none can be loaded, which the log explains.</summary>
    public async Task<CredentialDescription?> LoadAsync()
    {
        var configured = azureAd.Value.ClientCredentials;
        if (configured.Count == 0) return new() { SourceType = CredentialSource.ClientSecret, ClientSecret = azureAd.Value.ClientSecret };
        if (_loaded is { } known && clock.GetUtcNow() < known.At + ReloadAfter) return known.Credential;
        // The loader keeps what it has loaded in the description, so that only a copy is loaded again.
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

    /// <summary>What is wrong with a configured credential, as far as it shows before Azure is reached; null when nothing is.</summary>
    public static string? ProblemOf(CredentialDescription configured)
    {
        var source = configured.SourceType;
        if (source == CredentialSource.ClientSecret) return string.IsNullOrWhiteSpace(configured.ClientSecret) ? "has no ClientSecret" : null;
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
