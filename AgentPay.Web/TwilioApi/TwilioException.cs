using System.Net;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// A request failed: Twilio refused it, could not serve it, or was not reached. The message holds method, route, status and Twilio's
/// error text, which may repeat the path; never a body or a credential.
/// </summary>
public sealed class TwilioException : ServiceUnavailableException
{
    internal TwilioException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <summary>The HTTP status; null when no answer came.</summary>
    public HttpStatusCode? Status { get; internal init; }

    /// <summary>Twilio's error code, such as 20404; null when the answer held none. See twilio.com/docs/api/errors.</summary>
    public int? Code { get; internal init; }

    /// <summary>Twilio's id of the request (<c>RQ…</c>), for its support.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>How long to wait before the next request, counted from the answer; null when Twilio did not say.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    public bool IsConflict => Status == HttpStatusCode.Conflict;

    public bool IsPreconditionFailed => Status == HttpStatusCode.PreconditionFailed;

    public bool IsRateLimited => Status == HttpStatusCode.TooManyRequests;

    /// <summary>Twilio is down or out of reach: the fault is not in the request.</summary>
    public bool IsUnavailable => Status is null or >= HttpStatusCode.InternalServerError;

    /// <summary>The request may have taken effect: at least one try was sent without a clear answer, even if a later try got one.</summary>
    public bool IsAmbiguous { get; internal init; }
}
