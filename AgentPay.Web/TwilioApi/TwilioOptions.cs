namespace AgentPay.Web.TwilioApi;

/// <summary>The section <c>Twilio</c> of the configuration. Text is trimmed, and empty text counts as missing.</summary>
public sealed class TwilioOptions
{
    public const string Section = "Twilio";

    public string? AccountSid { get; set; }

    /// <summary>Signs the webhooks of the account; also the password of the REST API where no API key is given.</summary>
    public string? AuthToken { get; set; }

    /// <summary>Accepted beside <see cref="AuthToken"/> in webhook signatures, while the token is being rotated.</summary>
    public string? SecondaryAuthToken { get; set; }

    public string? ApiKeySid { get; set; }

    public string? ApiKeySecret { get; set; }

    /// <summary>Where calls are processed, such as <c>ie1</c>; missing means <c>us1</c>.</summary>
    public string? Region { get; set; }

    /// <summary>Where requests enter Twilio's network, such as <c>dublin</c>; missing means the region's own edge.</summary>
    public string? Edge { get; set; }

    /// <summary>Replaces the address of the Calls and Payments API. A URL that starts with a slash is on this server itself.</summary>
    public string? ApiBaseUrl { get; set; }

    /// <summary>Replaces <c>https://sync.twilio.com</c>. A URL that starts with a slash is on this server itself.</summary>
    public string? SyncBaseUrl { get; set; }

    /// <summary>Credentials for Sync, complete once the options have been read: what is not configured is taken from the account's own.</summary>
    public TwilioSyncOptions Sync { get; } = new();

    internal void Sanitise()
    {
        AccountSid = Clean(AccountSid);
        AuthToken = Clean(AuthToken);
        SecondaryAuthToken = Clean(SecondaryAuthToken);
        ApiKeySid = Clean(ApiKeySid);
        ApiKeySecret = Clean(ApiKeySecret);
        Region = Clean(Region)?.ToLowerInvariant();
        Edge = Clean(Edge)?.ToLowerInvariant();
        ApiBaseUrl = Clean(ApiBaseUrl);
        SyncBaseUrl = Clean(SyncBaseUrl);
        Sync.AccountSid = Clean(Sync.AccountSid) ?? AccountSid;
        Sync.ApiKeySid = Clean(Sync.ApiKeySid);
        Sync.ApiKeySecret = Clean(Sync.ApiKeySecret);
        if (Sync is { ApiKeySid: null, ApiKeySecret: null }) (Sync.ApiKeySid, Sync.ApiKeySecret) = (ApiKeySid, ApiKeySecret);
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>The section <c>Twilio:Sync</c>, for accounts whose calls are outside us1: keys are local to a region, and Sync is in us1 only.</summary>
public sealed class TwilioSyncOptions
{
    public string? AccountSid { get; set; }

    public string? ApiKeySid { get; set; }

    public string? ApiKeySecret { get; set; }
}
