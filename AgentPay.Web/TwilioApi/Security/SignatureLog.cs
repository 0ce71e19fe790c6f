namespace AgentPay.Web.TwilioApi;

internal static partial class SignatureLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Request to {Webhook} refused: {Verdict}. Its URL at Twilio must start with {BaseUrl}, and the auth token must match")]
    public static partial void SignatureRefused(this ILogger log, string webhook, SignatureVerdict verdict, string baseUrl);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Webhook} received a {Method} request. Set its method to HTTP POST in Twilio's console, for the number or SIP domain")]
    public static partial void WrongMethod(this ILogger log, string webhook, string method);
}
