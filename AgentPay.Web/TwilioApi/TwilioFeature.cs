using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AgentPay.Web.TwilioApi;

/// <summary>Registers the clients for calls, payments and Sync, and validates their options.</summary>
public static class TwilioFeature
{
    /// <summary>
    /// Adds <see cref="CallsClient"/>, <see cref="RecordingsClient"/>, <see cref="PaymentsClient"/>, <see cref="MessagesClient"/>,
    /// <see cref="SyncClient"/> and <see cref="AccountClient"/>.
    /// A <see cref="TimeProvider"/> must be registered.
    /// </summary>
    public static IServiceCollection AddTwilio(this IServiceCollection services)
    {
        services.AddSection<TwilioOptions, TwilioOptionsValidator>(TwilioOptions.Section);
        services.TryAddSingleton<PublicAddress>();
        services.AddSingleton<TwilioHosts>();
        services.AddSingleton<TwilioTransport>();
        services.AddSingleton(provider => new CallsClient(provider.GetRequiredService<TwilioTransport>()));
        services.AddSingleton(provider => new RecordingsClient(provider.GetRequiredService<TwilioTransport>()));
        services.AddSingleton(provider => new PaymentsClient(provider.GetRequiredService<TwilioTransport>()));
        services.AddSingleton(provider => new MessagesClient(provider.GetRequiredService<TwilioTransport>()));
        services.AddSingleton(provider => new AccountClient(
            provider.GetRequiredService<TwilioTransport>(), provider.GetRequiredService<TwilioHosts>()));
        services.AddSingleton(provider => new SyncClient(provider.GetRequiredService<TwilioTransport>()));
        return services;
    }
}
