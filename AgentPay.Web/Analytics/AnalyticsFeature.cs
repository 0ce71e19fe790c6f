namespace AgentPay.Web.Analytics;

/// <summary>Reports agents' actions on payments to Segment, if <c>Segment:WriteKey</c> is set.</summary>
public static class AnalyticsFeature
{
    /// <summary>Adds only the options without <c>Segment:WriteKey</c>. Otherwise <c>PaymentNews</c> must be registered.</summary>
    public static void AddAnalytics(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSection<SegmentOptions, SegmentOptionsValidator>(SegmentOptions.Section);
        if (string.IsNullOrWhiteSpace(builder.Configuration[$"{SegmentOptions.Section}:{nameof(SegmentOptions.WriteKey)}"])) return;
        services.AddSingleton<AnalyticsMeter>();
        services.AddSingleton<NoticeQueue>();
        services.AddSingleton<BatchCollector>();
        services.AddSingleton<SegmentClient>();
        services.AddHostedService<SegmentReporting>();
    }
}
