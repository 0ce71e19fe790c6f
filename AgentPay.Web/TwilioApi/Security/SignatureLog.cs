namespace AgentPay.Web.TwilioApi;

internal static partial class SignatureLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A request to {Webhook} was refused: {Verdict}. Twilio must know this webhook by a URL that starts with {BaseUrl}, and sign it with the configured auth token")]
    public static partial void SignatureRefused(this ILogger log, string webhook, SignatureVerdict verdict, string baseUrl);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Webhook} was asked by {Method}. Set its method to HTTP POST in Twilio's console, where the number or the SIP domain names this webhook")]
    public static partial void WrongMethod(this ILogger log, string webhook, string method);
}
