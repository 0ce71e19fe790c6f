using System.Net;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// A request to Twilio failed: it was refused, it caused a server error, or there was no answer.
/// The message contains method, route, status and Twilio's error text, which may contain the path. It contains no body and no credential.
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

    /// <summary>Twilio's id of the request (<c>RQ…</c>). Quote it to Twilio's support.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>How long to wait before the next request, counted from the answer; null when Twilio did not say.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    public bool IsNotFound => Status == HttpStatusCode.NotFound;

    public bool IsConflict => Status == HttpStatusCode.Conflict;

    public bool IsPreconditionFailed => Status == HttpStatusCode.PreconditionFailed;

    public bool IsRateLimited => Status == HttpStatusCode.TooManyRequests;

    /// <summary>True after a 5xx or without an answer: the request itself is not the cause.</summary>
    public bool IsUnavailable => Status is null or >= HttpStatusCode.InternalServerError;

    /// <summary>Whether the request may have taken effect: at least one attempt was sent and got no clear answer.</summary>
    public bool IsAmbiguous { get; internal init; }
}
