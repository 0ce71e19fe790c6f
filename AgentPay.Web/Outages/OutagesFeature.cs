using AgentPay.Web.Sync;

namespace AgentPay.Web.Outages;

/// <summary>Registers the detection of services that fail several times in a row.</summary>
public static class OutagesFeature
{
    /// <summary>Requires <c>AddSync</c> and <c>AddPayments</c>.</summary>
    public static void AddOutages(this IServiceCollection services)
    {
        services.AddSingleton(new LiveFeed<string, OutageList>((newer, older) => newer.Version > older.Version));
        services.AddSingleton<OutageMonitor>();
        services.AddHostedService<OutageWatch>();
    }
}
