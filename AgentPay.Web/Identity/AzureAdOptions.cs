using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Abstractions;

namespace AgentPay.Web.Identity;

/// <summary>The section <c>AzureAd</c>, with the keys of Microsoft's own templates.</summary>
public sealed class AzureAdOptions : IValidatableObject
{
    public const string Section = "AzureAd";

    private const string PublicInstance = "https://login.microsoftonline.com/";
    private const string NoGuid = "{0} must be a GUID. Example: " + Pattern.SomeGuid + ".";
    private const string Missing = "{0} is missing. Example: " + Pattern.SomeGuid + ".";
    private const string LocalPath = @"/[^/?#%\\ ][^?#%\\ ]*";
    private const string NoPath = "{0} must be a path that starts with one slash. Example: /signin-oidc.";

    /// <summary>The sign-in service, without the tenant. One that starts with a slash is on this server itself.</summary>
    [BaseAddress(PublicInstance, OrPath = true)]
    public string Instance { get; set; } = PublicInstance;

    /// <summary>A key of Microsoft's templates that AgentPay accepts and does not use.</summary>
    public string? Domain { get; set; }

    /// <summary>Directory (tenant) ID, a GUID: AgentPay serves one organisation, so its names and <c>common</c> are refused.</summary>
    [Required(ErrorMessage = Missing), RegularExpression(Pattern.Guid, ErrorMessage = NoGuid)]
    public string? TenantId { get; set; }

    /// <summary>Application (client) ID, a GUID.</summary>
    [Required(ErrorMessage = Missing), RegularExpression(Pattern.Guid, ErrorMessage = NoGuid)]
    public string? ClientId { get; set; }

    /// <summary>Proves to Entra which application this server is. Ignored when <see cref="ClientCredentials"/> has entries.</summary>
    [Secret]
    public string? ClientSecret { get; set; }

    /// <summary>
    /// Certificates and managed identities instead of a secret; the first that loads is used. See aka.ms/ms-id-web-credentials.
    /// </summary>
    [Secret]
    public IList<CredentialDescription> ClientCredentials { get; set; } = [];

    /// <summary>Where Entra sends the browser after a sign-in; registered there as a redirect URI of the platform Web.</summary>
    [RegularExpression(LocalPath, ErrorMessage = NoPath)]
    public string CallbackPath { get; set; } = "/signin-oidc";

    /// <summary>Where Entra sends the browser after a sign-out; registered there as another redirect URI.</summary>
    [RegularExpression(LocalPath, ErrorMessage = NoPath)]
    public string SignedOutCallbackPath { get; set; } = "/signout-callback-oidc";

    /// <summary>Accepted in access tokens beside <see cref="ClientId"/> and <c>api://{ClientId}</c>.</summary>
    public string? Audience { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClientSecret is null && ClientCredentials.Count == 0)
            yield return validationContext.Failure(
                nameof(ClientSecret), "is missing, and AzureAd:ClientCredentials is empty. Set the secret's value, not its ID.");
        for (var n = 0; n < ClientCredentials.Count; n++)
            if (ClientCredential.ProblemOf(ClientCredentials[n]) is { } problem)
                yield return validationContext.Failure($"ClientCredentials[{n}]", $"{problem}. See https://aka.ms/ms-id-web-credentials.");
        if (SignedOutCallbackPath.Equals(CallbackPath, StringComparison.OrdinalIgnoreCase))
            yield return validationContext.Failure(nameof(SignedOutCallbackPath), "equals CallbackPath. Example: /signout-callback-oidc.");
    }
}

[OptionsValidator]
internal sealed partial class AzureAdOptionsValidator : IValidateOptions<AzureAdOptions>;
