namespace AgentPay.Web.Sync;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Sync is ready: service {Service}")]
    public static partial void Provisioned(this ILogger log, string service);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Setting up Sync failed at attempt {Number}, retrying: {Problem}")]
    public static partial void NotProvisioned(this ILogger log, int number, string problem, Exception? bug);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Problem}. Its data are lost; creating it again")]
    public static partial void Lost(this ILogger log, string? problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The Sync service {Service} is a duplicate of one that another instance created and could not be deleted: {Problem}")]
    public static partial void DuplicateServiceNotDeleted(this ILogger log, string service, string problem);

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

    [LoggerMessage(Level = LogLevel.Information, Message = "Polling {Source} recovered")]
    public static partial void PollRecovered(this ILogger log, string source);

    [LoggerMessage(Level = LogLevel.Error, Message = "Polling {Source} failed with an unexpected exception")]
    public static partial void PollBroken(this ILogger log, string source, Exception bug);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Setting permissions on {Name} failed; front ends may have too much or too little access: {Problem}")]
    public static partial void PermissionNotSet(this ILogger log, string name, string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Removed the access of {Identity} to the Sync map {Map}: "
            + "a token of this identity created the map, or Sync:AclEnabled was changed")]
    public static partial void MapWasOpen(this ILogger log, string map, string identity);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} failed at attempt {Number}, retrying: {Problem}")]
    public static partial void WorkFailed(this ILogger log, string work, int number, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} failed and is not retried: {Problem}")]
    public static partial void WorkGivenUp(this ILogger log, string work, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} was not queued: the outbox holds {Capacity} entries already")]
    public static partial void OutboxFull(this ILogger log, string work, int capacity);
}
