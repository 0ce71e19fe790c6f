namespace AgentPay.Web.Sandbox.Messaging;

/// <summary>Twilio's Messages API.</summary>
public static class MessagingFeature
{
    public static void AddMessaging(this IServiceCollection services)
    {
        services.AddResettable<TextMessages>();
        services.AddSingleton<MessagesApi>();
    }

    public static void MapMessaging(this IEndpointRouteBuilder app) => MessagesApi.Map(app);
}
