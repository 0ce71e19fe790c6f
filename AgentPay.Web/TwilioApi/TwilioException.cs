using System.Net;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// A request that did not succeed: Twilio refused it, could not serve it, or was not reached.
/// The message holds method, route, status and Twilio's own words, which may repeat the path; never a body or a credential.
/// </summary>
public sealed class TwilioException : Exception
{
    internal TwilioException(string message, Exception? inner = null) : base(message, inner)
    {
    }

    /// <summary>The HTTP status; null when no answer came.</summary>
    public HttpStatusCode? Status { get; internal init; }

    /// <summary>Twilio's error code, such as 20404; null when the answer held none. See twilio.com/docs/api/errors.</summary>
    public int? Code { get; internal init; }

    /// <summary>Twilio's own number for the request (<c>RQ…</c>), to quote to its support.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>How long Twilio asks to be left alone, from its answer on; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    public bool IsConflict => Status == HttpStatusCode.Conflict;

    public bool IsPreconditionFailed => Status == HttpStatusCode.PreconditionFailed;

    public bool IsRateLimited => Status == HttpStatusCode.TooManyRequests;

    /// <summary>Twilio is down or out of reach: the fault is not in the request.</summary>
    public bool IsUnavailable => Status is null or >= HttpStatusCode.InternalServerError;

    /// <summary>
    /// The request may have taken effect all the same: it was sent at least once without a clear answer,
    /// even if a later try was answered clearly.
    /// </summary>
    public bool IsAmbiguous { get; internal init; }
}
