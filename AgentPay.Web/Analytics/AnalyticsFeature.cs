using Microsoft.Extensions.Options;

namespace AgentPay.Web.Analytics;

/// <summary>Reports to Segment what agents do with payments, for those who want it.</summary>
public static class AnalyticsFeature
{
    /// <summary>Without <c>Segment:WriteKey</c> nothing is added, so nothing listens and nothing runs. With it, <c>PaymentNews</c> must be there as well.</summary>
    public static void AddAnalytics(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[$"{SegmentOptions.Section}:{nameof(SegmentOptions.WriteKey)}"])) return;
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<SegmentOptions>, SegmentOptionsValidator>();
        services.AddOptions<SegmentOptions>().BindSection(SegmentOptions.Section).PostConfigure(options => options.Sanitise()).ValidateOnStart();
        services.AddSingleton<AnalyticsMeter>();
        services.AddSingleton<NoticeQueue>();
        services.AddSingleton<BatchCollector>();
        services.AddSingleton<SegmentClient>();
        services.AddHostedService<SegmentReporting>();
    }
}
