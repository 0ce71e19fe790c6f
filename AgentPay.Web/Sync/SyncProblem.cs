using System.Net;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>Why Sync does not serve us, in a sentence for the screen, the health answer and the log.</summary>
internal static class SyncProblem
{
    public static string InWords(Exception fault) => fault switch
    {
        TwilioException { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } =>
            "Twilio does not accept the API key for Sync: check Twilio:ApiKeySid and Twilio:ApiKeySecret (or those of Twilio:Sync), which must be of region us1",
        TwilioException { IsRateLimited: true } => "Twilio Sync is being asked too often",
        TwilioException { Status: null } => "Twilio Sync cannot be reached",
        TwilioException { IsUnavailable: true, Status: { } status } => $"Twilio Sync is out of order (status {(int)status})",
        TwilioException or SyncNotReadyException => fault.Message,
        OperationCanceledException => "Twilio Sync did not answer in time",
        _ => "What Twilio Sync holds could not be used",
    };

    /// <summary>Whether Twilio refused a request or could not be reached, or Sync has not been set up yet: no fault of our own code.</summary>
    public static bool IsUnavailable(Exception fault) => fault is TwilioException or SyncNotReadyException;

    /// <summary>As <see cref="IsUnavailable"/>, and also when the time limit of a request has passed.</summary>
    public static bool IsOfTheWorld(Exception fault) => IsUnavailable(fault) || fault is OperationCanceledException;
}
