using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AgentPay.Web.Calls;

/// <summary>
/// Registers the calls and their webhooks. Other folders use <see cref="CallDirectory"/>, <see cref="CallFinder"/>,
/// <see cref="PstnLeg"/> and the events of <see cref="CallNews"/>.
/// </summary>
public static class CallsFeature
{
    internal const string InboundPath = "/inboundHandler";
    internal const string OutboundPath = "/outboundHandler";
    internal const string CallStatusPath = "/callStatus";
    internal const string OutboundSyncUpdatePath = "/outboundSyncUpdate";
    internal const string ReferPath = "/referHandler";
    internal const string ReferStatusPath = "/referStatus";
    internal const string ReferEndedPath = "/referEnded";

    /// <summary>Requires <c>AddTwilio</c>, <c>AddSync</c> and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddCalls(this IServiceCollection services)
    {
        services.AddSection<VoiceOptions, VoiceOptionsValidator>(VoiceOptions.Section);
        services.AddSingleton(new LiveFeed<string, CallList>((list, other) => list.Version > other.Version));
        services.AddSyncMap(CallStore.Map);
        services.AddSingleton<CallStore>();
        services.TryAddSingleton(CallListPace.Default);
        services.AddSingleton<CallLists>();
        services.AddHostedService(provider => provider.GetRequiredService<CallLists>());
        services.AddSingleton(Directory);
        services.AddHostedService<CallPoller>();
        services.AddSingleton<PstnLeg>();
        services.AddSingleton<CallNews>();
        services.AddSingleton<CallFinder>();
        services.AddSingleton(provider => new VoiceSelfTest(
            provider.GetRequiredService<CallsClient>(),
            provider.GetRequiredService<AccountClient>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RefusedCalls>();
        services.AddSingleton<TransferTwiml>();
        return services;
    }

    /// <summary>Maps the call webhooks. Each requires Twilio's signature.</summary>
    public static IEndpointRouteBuilder MapCalls(this IEndpointRouteBuilder app)
    {
        var store = app.ServiceProvider.GetRequiredService<CallStore>();
        app.ServiceProvider.GetRequiredService<SyncMetrics>().ObserveRecords("calls", () => store.Count);
        var webhooks = app.MapGroup("").RequireTwilioSignature();
        webhooks.MapPost(InboundPath, InboundWebhook.Handle);
        webhooks.MapPost(OutboundPath, OutboundWebhook.Handle);
        webhooks.MapPost(OutboundSyncUpdatePath, StatusWebhooks.OutboundAsync);
        webhooks.MapPost(CallStatusPath, StatusWebhooks.AnyAsync);
        webhooks.MapPost(ReferPath, TransferWebhooks.ReferAsync);
        webhooks.MapPost(ReferStatusPath, TransferWebhooks.StatusAsync);
        webhooks.MapPost(ReferEndedPath, TransferWebhooks.EndedAsync);
        app.RefuseOtherMethods(
            InboundPath, OutboundPath, OutboundSyncUpdatePath, CallStatusPath, ReferPath, ReferStatusPath, ReferEndedPath);
        return app;
    }

    private static CallDirectory Directory(IServiceProvider provider) => new(
        provider.GetRequiredService<CallStore>(),
        provider.GetRequiredService<CallLists>(),
        provider.GetRequiredService<LiveFeed<string, CallList>>(),
        provider.GetRequiredService<TimeProvider>());
}
