using AgentPay.Web.Twilio;

namespace AgentPay.Web.Sync;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Sync is ready: service {Service}")]
    public static partial void Provisioned(this ILogger log, SyncServiceSid service);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sync is not ready: {Problem}. Trying again in {Wait}")]
    public static partial void NotProvisioned(this ILogger log, string problem, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Polling {Source} has failed {Failures} times in a row: {Problem}")]
    public static partial void PollFailed(this ILogger log, string source, int failures, string problem);
}
