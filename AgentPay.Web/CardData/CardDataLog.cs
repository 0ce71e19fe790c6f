namespace AgentPay.Web.CardData;

internal static partial class CardDataLog
{
    /// <summary>Never the value, nor any of its digits.</summary>
    [LoggerMessage(Level = LogLevel.Error, Message = "A card number came in as {Key} ({Part} of {Path}) and was masked before anything was done with it. Find out who sends it: card numbers must not reach AgentPay")]
    public static partial void CardNumberReceived(this ILogger log, string key, string part, string path);
}
