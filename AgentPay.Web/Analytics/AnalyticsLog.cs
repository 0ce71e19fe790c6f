namespace AgentPay.Web.Analytics;

internal static partial class AnalyticsLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Dropped {Count} events: sending to Segment failed ({Problem})")]
    public static partial void BatchDropped(this ILogger log, int count, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Dropped {Count} events for Segment: the queue was full or the shutdown timed out")]
    public static partial void NoticesLost(this ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Dropped {Notice}: it exceeds the event size limit of Segment")]
    public static partial void NoticeTooLarge(this ILogger log, string notice);

    [LoggerMessage(Level = LogLevel.Error, Message = "Dropped {Notice}: converting it to a Segment event failed")]
    public static partial void NoticeUnreportable(this ILogger log, Exception fault, string notice);
}
