namespace AgentPay.Web.Events;

/// <summary>Registers the client that sends events about payments to a recorder.</summary>
public static class EventsFeature
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddSection<EventsOptions, EventsOptionsValidator>(EventsOptions.Section);
        services.AddSingleton<EventClient>();
    }
}
