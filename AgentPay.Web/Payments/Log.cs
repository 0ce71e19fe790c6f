namespace AgentPay.Web.Payments;

internal static partial class Log
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Payment {Payment}: Twilio did not answer {Action} (code {Code}, request {Request})")]
    public static partial void Unanswered(this ILogger log, PaymentId payment, PaymentAction action, int? code, string? request);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {Payment}: Twilio refused {Action} with code {Code} (request {Request})")]
    public static partial void Refused(this ILogger log, PaymentId payment, PaymentAction action, int? code, string? request);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Payment {Payment}: the recording of the call could not be {Change}, code {Code} (request {Request})")]
    public static partial void RecordingNotChanged(this ILogger log, PaymentId payment, string change, int? code, string? request);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Payment {Payment}: receipt {Attempt} was not sent, code {Code} (request {Request})")]
    public static partial void ReceiptNotSent(this ILogger log, PaymentId payment, int attempt, int? code, string? request);

    [LoggerMessage(Level = LogLevel.Information, Message = "Payment {Payment} entered phase {Phase}")]
    public static partial void Entered(this ILogger log, PaymentId payment, PaymentPhase phase);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Payment {Payment} failed for an unknown reason: {Result}, code {Code}, connector error {ConnectorError}")]
    public static partial void UnknownOutcome(this ILogger log, PaymentId payment, string? result, int? code, string? connectorError);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {Payment}: unknown ErrorType {ErrorType}")]
    public static partial void UnknownErrorType(this ILogger log, PaymentId payment, string errorType);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {Payment}: {Record} could not be written: {Problem}")]
    public static partial void NotWritten(this ILogger log, PaymentId payment, string record, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment callback ignored: it has no session or no time")]
    public static partial void Unreadable(this ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Callback ignored: payment {Payment} is unknown or has expired")]
    public static partial void UnknownPayment(this ILogger log, PaymentId payment);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Checking the payments failed: {Problem}")]
    public static partial void CheckFailed(this ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "A subscriber failed to handle the notice {Notice}")]
    public static partial void SubscriberBroken(this ILogger log, Exception fault, string notice);

    [LoggerMessage(Level = LogLevel.Error, Message = "Checking the payments failed unexpectedly")]
    public static partial void CheckBroken(this ILogger log, Exception fault);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Payment {Payment} is over, but its Twilio session is still open; cancelling the session")]
    public static partial void SessionStillOpen(this ILogger log, PaymentId payment);

    [LoggerMessage(Level = LogLevel.Information, Message = "Payment {Payment} was imported from another instance")]
    public static partial void Imported(this ILogger log, PaymentId payment);

    [LoggerMessage(Level = LogLevel.Error, Message = "Payment refused: a card number was entered as its {Field}")]
    public static partial void CardNumberTyped(this ILogger log, string field);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Payment {Payment} was not started: its profile '{Profile}' is no longer configured")]
    public static partial void ProfileGone(this ILogger log, PaymentId payment, string profile);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {Payment}: Twilio requires unknown fields: {Names}")]
    public static partial void OtherRequired(this ILogger log, PaymentId payment, string names);

    [LoggerMessage(Level = LogLevel.Information, Message = "Map {Map} deleted: its records are older than Sync:HistoryTtl")]
    public static partial void HistoryDeleted(this ILogger log, string map);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old history could not be deleted, trying again later: {Problem}")]
    public static partial void HistoryNotDeleted(this ILogger log, string problem);
}
