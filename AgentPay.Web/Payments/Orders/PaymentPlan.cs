using System.Text.Json.Serialization;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>Who selects the next field: this server, or the front end that started the payment over the API.</summary>
public enum PaymentDriver
{
    Server,
    Client,
}

/// <summary>What is paid and how. Does not change after the agent presses Start.</summary>
/// <param name="Amount">Major units, positive for a charge; null to tokenise.</param>
/// <param name="TokenType">Null for a charge.</param>
/// <param name="Fields">The fields in the order in which they are asked.</param>
/// <param name="IsConfirmedNoCard">The agent confirmed that a number in the description or the reference is not a card number.</param>
/// <param name="NotPaid">The profile's <see cref="PaymentProfile.NotPaid"/>; null when it has none.</param>
/// <param name="IsConfirmedAgain">The agent was told of an earlier payment of the same, and confirmed the second charge.</param>
/// <param name="IsConfirmedByCaller">The caller presses a key to confirm before the payment is submitted.</param>
/// <param name="RecordingPause">The profile's <see cref="PaymentProfile.PauseRecording"/>.</param>
/// <param name="KeyTimeout">
/// The longest pause between two keys, as sent to Twilio at the start; null for Twilio's default of
/// <see cref="PaymentProfile.DefaultTimeout"/>. Twilio cannot change it later.
/// </param>
/// <param name="IsSlow">The payment was started in slow-keying mode: <see cref="PaymentSession.IsSlow"/>.</param>
/// <param name="Attempts">How often the server asks for a field; at least 1. After that, the agent must ask.</param>
public sealed record PaymentPlan(
    string Profile,
    string Connector,
    decimal? Amount,
    string Currency,
    TokenType? TokenType,
    IReadOnlyList<CaptureField> Fields,
    string? Description = null,
    string? Reference = null,
    PaymentDriver Driver = PaymentDriver.Server,
    int Attempts = 1,
    bool IsConfirmedNoCard = false,
    string? NotPaid = null,
    bool IsConfirmedAgain = false,
    bool IsConfirmedByCaller = false,
    RecordingPause RecordingPause = RecordingPause.No,
    TimeSpan? KeyTimeout = null,
    bool IsSlow = false)
{
    [JsonIgnore]
    public bool Charges => Amount is not null;

    /// <summary>The longest pause between two keys that Twilio accepts in this payment.</summary>
    [JsonIgnore]
    public TimeSpan PauseBetweenKeys => KeyTimeout ?? PaymentProfile.DefaultTimeout;
}
