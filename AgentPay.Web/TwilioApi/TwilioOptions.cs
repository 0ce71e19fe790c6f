using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.TwilioApi;

/// <summary>The section <c>Twilio</c> of the configuration. No message repeats a value: it may be a secret in the wrong place.</summary>
public sealed class TwilioOptions : IValidatableObject
{
    public const string Section = "Twilio";

    internal const string AccountPattern = "AC" + Pattern.Sid;
    internal const string NoAccount = "{0} must be AC and 32 hexadecimal digits. Example: AC" + Pattern.SomeSid + ".";
    internal const string KeyPattern = "SK" + Pattern.Sid;
    internal const string NoKey = "{0} must be SK and 32 hexadecimal digits. Example: SK" + Pattern.SomeSid + ".";

    // The SDK signs access tokens with 256 bits or more. Twilio's secrets have 32 characters.
    internal const int SecretLength = 32;
    internal const string NoSecret = "{0} must have at least {1} characters: the secret shown when the key was made.";

    private const string HostLabel = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private const string MissingKey = "is missing. Example: SK" + Pattern.SomeSid + ".";
    private const string MissingSecret = "is missing. Set the secret shown when the key was made.";

    [Required(ErrorMessage = "{0} is missing. Example: AC" + Pattern.SomeSid + ".")]
    [RegularExpression(AccountPattern, ErrorMessage = NoAccount)]
    public string? AccountSid { get; set; }

    /// <summary>Signs the webhooks of the account; also the password of the REST API where no API key is given.</summary>
    [Secret, Required(ErrorMessage = "{0} is missing. Example: " + Pattern.SomeSid + ".")]
    public string? AuthToken { get; set; }

    /// <summary>Accepted beside <see cref="AuthToken"/> in webhook signatures, while the token is being rotated.</summary>
    [Secret]
    public string? SecondaryAuthToken { get; set; }

    [RegularExpression(KeyPattern, ErrorMessage = NoKey)]
    public string? ApiKeySid { get; set; }

    [Secret, MinLength(SecretLength, ErrorMessage = NoSecret)]
    public string? ApiKeySecret { get; set; }

    /// <summary>Where calls are processed, such as <c>ie1</c>; missing means <c>us1</c>.</summary>
    [RegularExpression(HostLabel, ErrorMessage = "{0} must be the name of a region. Example: ie1.")]
    public string? Region { get; set => field = value?.ToLowerInvariant(); }

    /// <summary>Where requests enter Twilio's network, such as <c>dublin</c>; missing means the region's own edge.</summary>
    [RegularExpression(HostLabel, ErrorMessage = "{0} must be the name of an edge. Example: dublin.")]
    public string? Edge { get; set => field = value?.ToLowerInvariant(); }

    /// <summary>Replaces the address of the Calls and Payments API. A URL that starts with a slash is on this server itself.</summary>
    [BaseAddress("https://api.twilio.com", AnyHttp = true, OrPath = true)]
    public string? ApiBaseUrl { get; set; }

    /// <summary>Replaces <c>https://sync.twilio.com</c>. A URL that starts with a slash is on this server itself.</summary>
    [BaseAddress(TwilioHosts.SyncUrl, AnyHttp = true, OrPath = true)]
    public string? SyncBaseUrl { get; set; }

    /// <summary>Credentials for Sync as they are configured. <see cref="SyncCredentials"/> has those in effect.</summary>
    [ValidateObjectMembers]
    public TwilioSyncOptions Sync { get; init; } = new();

    /// <summary>Credentials for Sync: the configured ones, completed by the account's own.</summary>
    public TwilioSyncOptions SyncCredentials()
    {
        var (sid, secret) = HasSyncKey ? (Sync.ApiKeySid, Sync.ApiKeySecret) : (ApiKeySid, ApiKeySecret);
        return new() { AccountSid = Sync.AccountSid ?? AccountSid, ApiKeySid = sid, ApiKeySecret = secret };
    }

    private bool HasSyncKey => Sync.ApiKeySid is not null || Sync.ApiKeySecret is not null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // The account's key is optional where Sync has one: the auth token is used for calls then.
        var needsKey = ApiKeySid is not null || ApiKeySecret is not null || Sync.ApiKeySid is null;
        if (needsKey && ApiKeySid is null) yield return validationContext.Failure(nameof(ApiKeySid), MissingKey);
        if (needsKey && ApiKeySecret is null) yield return validationContext.Failure(nameof(ApiKeySecret), MissingSecret);

        var isOtherAccount = Sync.AccountSid is not null && Sync.AccountSid != AccountSid;
        var needsSyncKey = HasSyncKey || isOtherAccount;
        if (needsSyncKey && Sync.ApiKeySid is null) yield return validationContext.Failure("Sync.ApiKeySid", MissingKey);
        else if (isOtherAccount && Sync.ApiKeySid == ApiKeySid)
            yield return validationContext.Failure("Sync.ApiKeySid", "must be a key of Twilio:Sync:AccountSid.");
        if (needsSyncKey && Sync.ApiKeySecret is null) yield return validationContext.Failure("Sync.ApiKeySecret", MissingSecret);

        if (Region is not null && Edge is null && TwilioHosts.DefaultEdge(Region) is null)
            yield return validationContext.Failure(nameof(Edge), "is missing. Example: dublin.");
    }
}

/// <summary>
/// The section <c>Twilio:Sync</c>, for accounts whose calls are outside us1: keys are local to a region, and Sync is in us1 only.
/// </summary>
public sealed class TwilioSyncOptions
{
    [RegularExpression(TwilioOptions.AccountPattern, ErrorMessage = TwilioOptions.NoAccount)]
    public string? AccountSid { get; set; }

    [RegularExpression(TwilioOptions.KeyPattern, ErrorMessage = TwilioOptions.NoKey)]
    public string? ApiKeySid { get; set; }

    [Secret, MinLength(TwilioOptions.SecretLength, ErrorMessage = TwilioOptions.NoSecret)]
    public string? ApiKeySecret { get; set; }
}

[OptionsValidator]
internal sealed partial class TwilioOptionsValidator : IValidateOptions<TwilioOptions>;
