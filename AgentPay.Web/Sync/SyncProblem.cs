using System.Net;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>Describes a Sync failure for screens, the health check and the log.</summary>
internal static class SyncProblem
{
    public static string Describe(Exception fault) => fault switch
    {
        TwilioException { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } =>
            "Twilio does not accept the API key for Sync: check Twilio:ApiKeySid and Twilio:ApiKeySecret (or those of Twilio:Sync), "
            + "which must be of region us1",
        TwilioException { IsRateLimited: true } => "Twilio Sync is throttling requests",
        TwilioException { Status: null } => "Twilio Sync cannot be reached",
        TwilioException { IsUnavailable: true, Status: { } status } => $"Twilio Sync is not available (status {(int)status})",
        ServiceUnavailableException => fault.Message,
        _ => "Data in Twilio Sync could not be processed",
    };
}
