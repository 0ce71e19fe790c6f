namespace AgentPay.Web.Sync;

/// <summary>Registers Twilio Sync, AgentPay's only store: documents, maps, provisioning and live feeds.</summary>
public static class SyncFeature
{
    /// <summary>Requires <c>AddTwilio</c> and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddSync(this IServiceCollection services)
    {
        services.AddSection<SyncOptions, SyncOptionsValidator>(SyncOptions.Section);
        services.AddMetrics();
        services.AddSingleton<SyncMetrics>();
        services.AddSingleton<SyncSpace>();
        services.AddSingleton<SyncBudget>();
        services.AddSingleton<SyncWriter>();
        services.AddSingleton<SyncAcl>();
        services.AddSingleton<MapStore>();
        services.AddSingleton<MapRetention>();
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

    /// <summary>Registers a map that is created before this instance is ready. Front ends read it, and some may write to it.</summary>
    public static IServiceCollection AddSyncMap(this IServiceCollection services, string name, bool isWrittenByFrontEnds = false) =>
        services.AddSingleton(new SyncMapName(name, isWrittenByFrontEnds));
}
