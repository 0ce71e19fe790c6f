namespace AgentPay.Web.Twilio;

internal static partial class TwilioLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Route} had no success at try {Attempt} (status {Status}, Twilio request {RequestId}); trying again in {Delay}")]
    public static partial void Retrying(this ILogger log, HttpMethod method, string route, int? status, int attempt, TimeSpan delay, string? requestId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request to {Webhook} was refused: {Verdict}. Twilio must know this webhook by a URL that starts with {BaseUrl}, and sign it with the configured auth token")]
    public static partial void SignatureRefused(this ILogger log, string webhook, SignatureVerdict verdict, string baseUrl);
}
