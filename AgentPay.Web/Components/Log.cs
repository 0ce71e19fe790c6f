namespace AgentPay.Web.Components;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A panel of the console broke; the agent was shown the reference {Reference}")]
    public static partial void PanelBroken(this ILogger log, Exception fault, string reference);

    [LoggerMessage(Level = LogLevel.Error, Message = "The self-test's {Check} broke")]
    public static partial void CheckBroken(this ILogger log, Exception fault, string check);

    [LoggerMessage(Level = LogLevel.Error, Message = "The page {Path} could not be made; its reader was shown the reference {Reference}")]
    public static partial void PageBroken(this ILogger log, Exception? fault, string path, string reference);
}
