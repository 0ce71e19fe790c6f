namespace AgentPay.Web.Sandbox.Pay;

internal static partial class PayLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Submitting payment {PaymentSid} failed")]
    public static partial void SubmissionFailed(ILogger logger, string paymentSid, Exception exception);
}
