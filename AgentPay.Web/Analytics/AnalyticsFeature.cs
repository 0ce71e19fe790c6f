using Microsoft.Extensions.Options;

namespace AgentPay.Web.Analytics;

/// <summary>Reports agents' actions on payments to Segment, if a write key is configured.</summary>
public static class AnalyticsFeature
{
    /// <summary>Adds nothing without <c>Segment:WriteKey</c>. Needs <c>PaymentNews</c>.</summary>
    public static void AddAnalytics(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[$"{SegmentOptions.Section}:{nameof(SegmentOptions.WriteKey)}"])) return;
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<SegmentOptions>, SegmentOptionsValidator>();
        services.AddOptions<SegmentOptions>()
            .BindSection(SegmentOptions.Section)
            .PostConfigure(options => options.Sanitise())
            .ValidateOnStart();
        services.AddSingleton<AnalyticsMeter>();
        services.AddSingleton<NoticeQueue>();
        services.AddSingleton<BatchCollector>();
        services.AddSingleton<SegmentClient>();
        services.AddHostedService<SegmentReporting>();
    }
}
