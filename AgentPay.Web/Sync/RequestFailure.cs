using System.Net;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>Describes why a request to Twilio failed, for the setup page.</summary>
/// <param name="Status">The HTTP status; null when no answer came.</param>
/// <param name="Code">Twilio's error code; null when the answer had none.</param>
/// <param name="Connection">The connection error; null when an answer came.</param>
/// <param name="NotReady">Text for people that says why Sync is not set up; null when the request was sent.</param>
public sealed record RequestFailure(HttpStatusCode? Status, int? Code, Exception? Connection, string? NotReady)
{
    /// <summary>Runs the request. Returns null when it succeeds.</summary>
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
