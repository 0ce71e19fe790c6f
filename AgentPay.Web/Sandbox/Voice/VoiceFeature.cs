namespace AgentPay.Web.Sandbox.Voice;

/// <summary>The phone network and Twilio's Calls API.</summary>
public static class VoiceFeature
{
    public static void AddVoice(this IServiceCollection services)
    {
        services.AddSingleton<CallerIds>();
        services.AddSingleton<Switchboard>();
        services.AddSingleton<TwimlFetcher>();
        services.AddSingleton<DemoTwiml>();
        services.AddSingleton<CallsApi>();
        services.AddSingleton<RecordingsApi>();
        services.AddResettable<TelephoneNetwork>();
    }

    public static void MapVoice(this IEndpointRouteBuilder app)
    {
        app.MapCalls();
        RecordingsApi.Map(app);
        app.MapPost("/sandbox/twiml/inbound", DemoTwiml.Inbound);
        app.MapPost("/sandbox/twiml/outbound", (HttpRequest request, DemoTwiml demo) => demo.OutboundAsync(request)).DisableAntiforgery();
    }
}
