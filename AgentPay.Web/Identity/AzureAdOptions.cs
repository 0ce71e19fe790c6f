using Microsoft.Identity.Abstractions;

namespace AgentPay.Web.Identity;

/// <summary>The section <c>AzureAd</c>, with the keys of Microsoft's own templates. Text is trimmed, and empty text counts as missing.</summary>
public sealed class AzureAdOptions
{
    public const string Section = "AzureAd";

    private const string PublicInstance = "https://login.microsoftonline.com/";
    private const string DefaultCallbackPath = "/signin-oidc";
    private const string DefaultSignedOutCallbackPath = "/signout-callback-oidc";

    /// <summary>The sign-in service, without the tenant. One that starts with a slash is on this server itself.</summary>
    public string Instance { get; set; } = PublicInstance;

    /// <summary>Directory (tenant) ID, a GUID: AgentPay serves one organisation, so its names and <c>common</c> are refused.</summary>
    public string? TenantId { get; set; }

    /// <summary>Application (client) ID, a GUID.</summary>
    public string? ClientId { get; set; }

    /// <summary>Proves to Entra which application this server is. Ignored when <see cref="ClientCredentials"/> has entries.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Certificates and managed identities instead of a secret; the first that loads is used. See aka.ms/ms-id-web-credentials.</summary>
    public IList<CredentialDescription> ClientCredentials { get; set; } = [];

    /// <summary>Where Entra sends the browser after a sign-in; registered there as a redirect URI of the platform Web.</summary>
    public string CallbackPath { get; set; } = DefaultCallbackPath;

    /// <summary>Where Entra sends the browser after a sign-out; registered there as another redirect URI.</summary>
    public string SignedOutCallbackPath { get; set; } = DefaultSignedOutCallbackPath;

    /// <summary>Accepted in access tokens beside <see cref="ClientId"/> and <c>api://{ClientId}</c>.</summary>
    public string? Audience { get; set; }

    internal void Sanitise()
    {
        Instance = Clean(Instance) ?? PublicInstance;
        TenantId = Clean(TenantId);
        ClientId = Clean(ClientId);
        ClientSecret = Clean(ClientSecret);
        CallbackPath = Clean(CallbackPath) ?? DefaultCallbackPath;
        SignedOutCallbackPath = Clean(SignedOutCallbackPath) ?? DefaultSignedOutCallbackPath;
        Audience = Clean(Audience);
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
