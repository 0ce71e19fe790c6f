namespace AgentPay.Web.Sync;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Sync is ready: service {Service}")]
    public static partial void Provisioned(this ILogger log, string service);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sync is not ready after try {Number}: {Problem}. It will be tried again")]
    public static partial void NotProvisioned(this ILogger log, int number, string problem, Exception? bug);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Problem}. It is being set up anew; what it held is gone")]
    public static partial void Lost(this ILogger log, string? problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The Sync service {Service} is not needed, as another instance has created one, and could not be deleted: {Problem}")]
    public static partial void SpareServiceStays(this ILogger log, string service, string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "An item of the Sync map {Map} was not written by AgentPay and is ignored: {Problem}")]
    public static partial void UnreadableItem(this ILogger log, string map, string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The Sync document {Document} was not written by AgentPay and is ignored: {Problem}")]
    public static partial void UnreadableDocument(this ILogger log, string document, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Polling {Source} failed: {Problem}")]
    public static partial void PollFailed(this ILogger log, string source, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Polling {Source} works again")]
    public static partial void PollRecovered(this ILogger log, string source);

    [LoggerMessage(Level = LogLevel.Error, Message = "Polling {Source} failed because of a bug")]
    public static partial void PollBroken(this ILogger log, string source, Exception bug);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The rights to {Name} could not be set, so front ends may be able to read less or more than they should: {Problem}")]
    public static partial void PermissionNotSet(this ILogger log, string name, string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Identity} could read or change the map {Map} with a Sync token, and no longer can: "
            + "it was made by them, or the setting has changed")]
    public static partial void MapWasOpen(this ILogger log, string map, string identity);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} failed at try {Number}, retrying: {Problem}")]
    public static partial void WorkFailed(this ILogger log, string work, int number, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} failed and is not retried: {Problem}")]
    public static partial void WorkGivenUp(this ILogger log, string work, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} was not queued: the outbox holds {Capacity} entries already")]
    public static partial void OutboxFull(this ILogger log, string work, int capacity);
}
