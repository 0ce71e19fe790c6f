namespace AgentPay.Web.Sandbox.Sync;

/// <summary>What the owner of a service can set.</summary>
public sealed record ServiceSettings
{
    public string? FriendlyName { get; init; }

    public string? WebhookUrl { get; init; }

    public bool WebhooksFromRestEnabled { get; init; }

    public bool ReachabilityWebhooksEnabled { get; init; }

    public bool AclEnabled { get; init; }

    public bool ReachabilityDebouncingEnabled { get; init; }

    /// <summary>In milliseconds.</summary>
    public int ReachabilityDebouncingWindow { get; init; } = 5000;
}

/// <summary>A service's settings at one time.</summary>
public sealed record ServiceState(ServiceSettings Settings, DateTimeOffset Updated);
