namespace AgentPay.Web.Sandbox.Pay;

internal static partial class PayLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Submitting transaction {TransactionId} failed")]
    public static partial void SubmissionFailed(ILogger logger, string transactionId, Exception exception);
}
