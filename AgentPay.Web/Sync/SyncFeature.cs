using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>AgentPay's state in Twilio Sync: where it is, and how it is read and written.</summary>
public static class SyncFeature
{
    /// <summary>Needs Twilio's clients and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddSync(this IServiceCollection services)
    {
        services.AddOptions<SyncOptions>().BindConfiguration(SyncOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SyncOptions>, SyncOptionsValidator>();
        services.AddSingleton<SyncSpace>();
        services.AddSingleton<SyncWriter>();
        services.AddSingleton<MapStore>();
        services.AddSingleton(typeof(DocumentStore<>));
        services.AddHostedService<SyncProvisioning>();
        return services;
    }
}
