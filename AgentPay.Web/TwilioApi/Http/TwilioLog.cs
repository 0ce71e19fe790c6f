namespace AgentPay.Web.TwilioApi;

internal static partial class TwilioLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Method} {Route} failed, attempt {Attempt} (status {Status}, Twilio request {RequestId}). Retrying in {Delay}")]
    public static partial void Retrying(
        this ILogger log, HttpMethod method, string route, int? status, int attempt, TimeSpan delay, string? requestId);
}
