namespace AgentPay.Web.Sync;

/// <summary>Twilio Sync as AgentPay's only store: typed documents and maps, provisioning, and the feeds that screens follow.</summary>
public static class SyncFeature
{
    /// <summary>Needs <c>AddTwilio</c>, and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddSync(this IServiceCollection services)
    {
        services.AddSection<SyncOptions, SyncOptionsValidator>(SyncOptions.Section);
        services.AddMetrics();
        services.AddSingleton<SyncMetrics>();
        services.AddSingleton<SyncSpace>();
        services.AddSingleton<SyncWriter>();
        services.AddSingleton<SyncAcl>();
        services.AddSingleton<MapStore>();
        services.AddSingleton(typeof(DocumentStore<>));
        services.AddSingleton<Outbox>();
        services.AddHostedService(provider => provider.GetRequiredService<Outbox>());
        services.AddSingleton(new LiveFeed<string, FeedHealth>((newer, known) => newer != known));
        services.AddSingleton<PollMonitor>();
        services.AddSingleton<SyncSetup>();
        services.AddSingleton<SyncInventory>();
        services.AddSingleton<SyncSelfTest>();
        services.AddHostedService<SyncProvisioning>();
        services.AddSingleton<SyncHealthCheck>();
        services.AddHealthChecks().AddCheck<SyncHealthCheck>("sync", tags: [Draining.ReadyTag]);
        return services;
    }

    /// <summary>A map that has to be there before this instance is ready, and that front ends read; some write to it as well.</summary>
    public static IServiceCollection AddSyncMap(this IServiceCollection services, string name, bool isWrittenByFrontEnds = false) =>
        services.AddSingleton(new SyncMapName(name, isWrittenByFrontEnds));
}
