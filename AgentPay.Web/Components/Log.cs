using AgentPay.Web.Payments;

namespace AgentPay.Web.Components;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Panel failed, shown reference {Reference}")]
    public static partial void PanelBroken(this ILogger log, Exception fault, string reference);

    [LoggerMessage(Level = LogLevel.Error, Message = "Page {Path} failed, shown reference {Reference}")]
    public static partial void PageBroken(this ILogger log, Exception? fault, string path, string reference);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {Payment} ended with an outcome that the screen has no words for: {Result}, code {Code}, connector error {ConnectorError}")]
    public static partial void NoWordsForOutcome(this ILogger log, PaymentId payment, string? result, int? code, string? connectorError);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The screen has no words for the ErrorType {ErrorType}")]
    public static partial void NoWordsForEntry(this ILogger log, string errorType);
}
