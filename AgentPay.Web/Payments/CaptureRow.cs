using System.Text.Json.Serialization;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>How far one field has come.</summary>
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
/// <param name="Shown">What Twilio shows of it: a mask, or expiry date and postal code in clear while the payment lives; null when nothing was entered.</param>
/// <param name="Error">Twilio's <c>ErrorType</c> of the last entry: while the field is rejected or timed out, and while the server asks for it again by itself.</param>
/// <param name="Asked">How often it has been asked; the number in the idempotency key of the latest request.</param>
public sealed record CaptureRow(CaptureField Field, FieldProgress Progress = FieldProgress.NotAsked, string? Shown = null, string? Error = null, int Asked = 0)
{
    [JsonIgnore]
    public bool IsOpen => Progress is FieldProgress.Asked or FieldProgress.Entering;
}
