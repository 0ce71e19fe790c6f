namespace AgentPay.Web.Sandbox.Sync;

public sealed record ServiceSettings
{
    public string? FriendlyName { get; init; }

    public string? WebhookUrl { get; init; }

    public bool WebhooksFromRestEnabled { get; init; }

    public bool ReachabilityWebhooksEnabled { get; init; }

    public bool AclEnabled { get; init; }

    public bool ReachabilityDebouncingEnabled { get; init; }

    // In milliseconds.
    public int ReachabilityDebouncingWindow { get; init; } = 5000;
}

public sealed record ServiceState(ServiceSettings Settings, DateTimeOffset Updated);
