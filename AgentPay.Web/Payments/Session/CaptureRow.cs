using System.Text.Json.Serialization;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>The progress of one field.</summary>
public enum FieldProgress
{
    NotAsked,
    Asked,
    Entering,
    Captured,
    Rejected,
    TimedOut,
}

/// <summary>One field of a payment, as the agent sees it.</summary>
/// <param name="Shown">
/// The entry as Twilio reports it; null when nothing was entered. Twilio masks it, except an expiry date, a postal code and a routing
/// number. These are removed when the payment ends.
/// </param>
/// <param name="Error">
/// Twilio's <c>ErrorType</c> of the last entry. Set while the field is rejected or timed out, and while the server repeats the question.
/// </param>
/// <param name="Asked">How often the field was asked. The idempotency key of the latest request contains this number.</param>
public sealed record CaptureRow(
    CaptureField Field,
    FieldProgress Progress = FieldProgress.NotAsked,
    string? Shown = null,
    string? Error = null,
    int Asked = 0)
{
    [JsonIgnore]
    public bool IsOpen => Progress is FieldProgress.Asked or FieldProgress.Entering;
}
