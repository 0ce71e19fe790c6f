namespace AgentPay.Web.Analytics;

/// <summary>Reports what agents do with payments to Segment, if <c>Segment:WriteKey</c> is set.</summary>
public static class AnalyticsFeature
{
    /// <summary>
    /// Without <c>Segment:WriteKey</c> only the options are added: nothing listens and nothing runs. With it, <c>PaymentNews</c> must be
    /// registered.
    /// </summary>
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
