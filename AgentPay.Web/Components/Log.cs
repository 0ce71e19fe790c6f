namespace AgentPay.Web.Components;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Panel failed, shown reference {Reference}")]
    public static partial void PanelBroken(this ILogger log, Exception fault, string reference);

    [LoggerMessage(Level = LogLevel.Error, Message = "Page {Path} failed, shown reference {Reference}")]
    public static partial void PageBroken(this ILogger log, Exception? fault, string path, string reference);
}
