namespace AgentPay.Web.CardData;

internal static partial class CardDataLog
{
    // PCI: the value and its digits are never logged.
    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Card number received in {Key} ({Part} of {Path}) and masked. Find the sender: card numbers must not reach AgentPay")]
    public static partial void CardNumberReceived(this ILogger log, string key, string part, string path);
}
