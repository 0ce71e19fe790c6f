using System.Net;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>Why a request to Twilio failed, for the setup page.</summary>
/// <param name="Status">The HTTP status; null when no answer came.</param>
/// <param name="Code">Twilio's error code; null when the answer held none.</param>
/// <param name="Connection">The fault of the connection, when no answer came.</param>
/// <param name="NotReady">Why Sync has not been set up, in words for people; null when the request was sent.</param>
public sealed record RequestFailure(HttpStatusCode? Status, int? Code, Exception? Connection, string? NotReady)
{
    /// <summary>Returns null when the request succeeds.</summary>
    internal static async Task<RequestFailure?> OfAsync(Func<Task> request)
    {
        try
        {
            await request();
            return null;
        }
        catch (TwilioException failure)
        {
            return new(failure.Status, failure.Code, failure.InnerException, NotReady: null);
        }
        catch (SyncNotReadyException notReady)
        {
            return new(Status: null, Code: null, Connection: null, notReady.Message);
        }
    }
}
