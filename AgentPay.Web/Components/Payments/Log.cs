namespace AgentPay.Web.Components.Payments;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {Payment} ended with an outcome that the screen has no words for: {Result}, code {Code}, connector error {ConnectorError}")]
    public static partial void NoWordsForOutcome(this ILogger log, AgentPay.Web.Payments.PaymentId payment, string? result, int? code, string? connectorError);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The screen has no words for the ErrorType {ErrorType}")]
    public static partial void NoWordsForEntry(this ILogger log, string errorType);
}
