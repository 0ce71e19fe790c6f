using System.Text.Json.Serialization;
using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>Who decides which field comes next: this server, or the front end that started the payment over the API.</summary>
public enum PaymentDriver
{
    Server,
    Client,
}

/// <summary>What is to be paid and how: fixed when the agent presses Start.</summary>
/// <param name="Amount">Major units, positive for a charge; null to tokenise.</param>
/// <param name="TokenType">Null for a charge.</param>
/// <param name="Fields">In the order in which they are asked.</param>
/// <param name="IsConfirmedNoCard">The description or the reference holds a number that looks like a card number, and the agent has said that it is none.</param>
/// <param name="NotPaid">The profile's <see cref="PaymentProfile.NotPaid"/>; null when it has none.</param>
/// <param name="IsConfirmedAgain">The agent was told that the same has been paid, and has said to charge again.</param>
/// <param name="IsConfirmedByCaller">The caller confirms by a key before anything is submitted.</param>
/// <param name="RecordingPause">The profile's <see cref="PaymentProfile.PauseRecording"/>.</param>
/// <param name="Attempts">How often a field is asked before the agent must ask for it again by hand; at least 1.</param>
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
    RecordingPause RecordingPause = RecordingPause.No)
{
    [JsonIgnore]
    public bool Charges => Amount is not null;
}
