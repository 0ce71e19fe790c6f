namespace AgentPay.Web.TwilioApi;

/// <summary>A Sync service: the container of documents and maps.</summary>
public sealed record SyncService
{
    public required SyncServiceSid Sid { get; init; }

    public string? UniqueName { get; init; }

    public string? FriendlyName { get; init; }

    public string? WebhookUrl { get; init; }

    public bool WebhooksFromRestEnabled { get; init; }

    public bool AclEnabled { get; init; }

    public bool ReachabilityWebhooksEnabled { get; init; }

    public bool ReachabilityDebouncingEnabled { get; init; }

    /// <summary>In milliseconds.</summary>
    public int ReachabilityDebouncingWindow { get; init; }

    public required DateTimeOffset DateCreated { get; init; }

    public required DateTimeOffset DateUpdated { get; init; }
}

/// <summary>The settings of a service, when it is made and when it is changed. What is null is not sent.</summary>
public sealed record SyncServiceSettings
{
    public string? FriendlyName { get; init; }

    public string? WebhookUrl { get; init; }

    /// <summary>Whether writes over this API are told to the webhook as well.</summary>
    public bool? WebhooksFromRestEnabled { get; init; }

    /// <summary>Whether holders of a token need a permission for each object.</summary>
    public bool? AclEnabled { get; init; }

    public bool? ReachabilityWebhooksEnabled { get; init; }

    public bool? ReachabilityDebouncingEnabled { get; init; }

    /// <summary>Sent in milliseconds, 1 to 30 s.</summary>
    public TimeSpan? ReachabilityDebouncingWindow { get; init; }

    internal FormFields ToForm()
    {
        var form = new FormFields();
        form.Add("FriendlyName", FriendlyName);
        form.Add("WebhookUrl", WebhookUrl);
        form.Add("WebhooksFromRestEnabled", WebhooksFromRestEnabled);
        form.Add("AclEnabled", AclEnabled);
        form.Add("ReachabilityWebhooksEnabled", ReachabilityWebhooksEnabled);
        form.Add("ReachabilityDebouncingEnabled", ReachabilityDebouncingEnabled);
        form.AddMilliseconds("ReachabilityDebouncingWindow", ReachabilityDebouncingWindow);
        return form;
    }
}
