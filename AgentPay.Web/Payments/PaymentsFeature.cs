using AgentPay.Web.Sync;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Payments;

/// <summary>Registers the services and endpoints of payments.</summary>
public static class PaymentsFeature
{
    /// <summary>Requires <c>AddEvents</c>.</summary>
    public static void AddPayments(this IServiceCollection services)
    {
        services.AddSection<PaymentsOptions, PaymentsOptionsValidator>(PaymentsOptions.Section)
            .PostConfigure(options => options.Profiles.ForEach(profile => profile.ReadPlainLimit()));
        services.AddSingleton<PaymentMetrics>();
        services.AddSingleton(provider => new LiveFeed<PaymentId, PaymentSession>(
            (newer, older) => newer.Supersedes(older),
            provider.GetRequiredService<PaymentMetrics>().Read));
        // The client of the previous version removes the item of a payment that it has cancelled.
        services.AddSyncMap(PaymentRecords.PayMap, isWrittenByFrontEnds: true);
        services.AddSingleton<PaymentProfiles>();
        services.AddSingleton<PaymentPlanner>();
        services.AddSingleton<CallbackAddress>();
        services.AddSingleton<PaymentNews>();
        services.AddSingleton<PaymentStore>();
        services.AddSingleton<CallPayments>();
        services.AddSingleton<DuplicatePayments>();
        services.AddSingleton<PaymentRequests>();
        services.AddSingleton<HistoryStore>();
        services.AddSingleton<PaymentChecks>();
        services.AddSingleton<CallRecorder>();
        services.AddSingleton<RecordingPauses>();
        services.AddSingleton<RecorderEvents>();
        services.AddSingleton<PaymentSender>();
        services.AddSingleton<PaymentRecordWriter>();
        services.AddSingleton<PaymentRecords>();
        services.AddSingleton<HistoryDays>();
        services.AddSingleton<PaymentHistory>();
        services.AddSingleton<PaymentFlow>();
        services.AddSingleton<PaymentAdmission>();
        services.AddSingleton<PaymentDesk>();
        services.AddSingleton<PaymentCallbacks>();
        services.AddSingleton<ReceiptSender>();
        services.AddSingleton<Receipts>();
        services.AddSingleton<ReceiptCallbacks>();
        services.AddSingleton<PaymentSweep>();
        services.AddHostedService<PaymentWatch>();
        services.AddHostedService<PaymentPoller>();
        services.AddHostedService<HistoryRetention>();
    }

    public static void MapPayments(this IEndpointRouteBuilder app)
    {
        var store = app.ServiceProvider.GetRequiredService<PaymentStore>();
        app.ServiceProvider.GetRequiredService<SyncMetrics>().ObserveRecords("payments", () => store.Count);
        app.MapPost(CallbackAddress.Path, (HttpRequest request, PaymentCallbacks callbacks) => callbacks.ReceiveAsync(request))
            .RequireTwilioSignature();
        app.RefuseOtherMethods(CallbackAddress.Path);
        app.MapPost(CallbackAddress.ReceiptPath, (HttpRequest request, ReceiptCallbacks callbacks) => callbacks.ReceiveAsync(request))
            .RequireTwilioSignature();
        app.RefuseOtherMethods(CallbackAddress.ReceiptPath);
    }
}
