namespace AgentPay.Web.Analytics;

internal static partial class AnalyticsLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Segment did not take {Count} events ({Why}); they are dropped")]
    public static partial void BatchDropped(this ILogger log, int count, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} events for Segment were dropped: there was no room or no time to send them")]
    public static partial void NoticesLost(this ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A {Notice} is larger than Segment takes; it is dropped")]
    public static partial void NoticeTooLarge(this ILogger log, string notice);

    [LoggerMessage(Level = LogLevel.Error, Message = "A {Notice} could not be made an event for Segment; it is dropped")]
    public static partial void NoticeUnreportable(this ILogger log, Exception fault, string notice);
}
