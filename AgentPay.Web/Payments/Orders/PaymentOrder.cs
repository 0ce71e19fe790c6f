using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>An order of an agent or a front end to start a payment.</summary>
/// <param name="Call">The customer's call leg.</param>
/// <param name="Profile">Name of the profile. Empty means the default profile.</param>
/// <param name="Amount">Major units; null or zero to tokenise.</param>
/// <param name="Currency">ISO 4217. Empty means the profile's currency.</param>
public sealed record PaymentOrder(
    CallSid Call,
    string? Uui = null,
    string? Profile = null,
    decimal? Amount = null,
    string? Currency = null,
    string? Description = null,
    string? Reference = null)
{
    /// <summary>
    /// The customer's leg on the agent's screen when they pressed Start; null when there is no screen. The order is refused if it differs
    /// from <see cref="Call"/>.
    /// </summary>
    public CallSid? SeenCall { get; init; }

    /// <summary>The customer's telephone number or SIP address; null when it is unknown. Stored in the history.</summary>
    public string? Caller { get; init; }

    /// <summary>Overrides the token type of the profile; null keeps it.</summary>
    public TokenType? TokenType { get; init; }

    /// <summary>Overrides the connector of the profile; null keeps it.</summary>
    public string? Connector { get; init; }

    /// <summary>Overrides the fields of the profile; null keeps them.</summary>
    public IReadOnlyList<CaptureField>? Fields { get; init; }

    /// <summary>
    /// The agent confirmed that a number in <see cref="Description"/> or <see cref="Reference"/> is not a card number. Recorded with the
    /// payment.
    /// </summary>
    public bool IsConfirmedNoCard { get; init; }

    /// <summary>
    /// The agent was told of an earlier payment of the same (<see cref="DeskAnswer.AlreadyPaid"/>), and confirmed the second charge.
    /// Recorded with the payment.
    /// </summary>
    public bool IsConfirmedAgain { get; init; }

    /// <summary>The caller gets more time: <see cref="PaymentSession.IsSlow"/>.</summary>
    public bool IsSlow { get; init; }

    public PaymentDriver Driver { get; init; } = PaymentDriver.Server;
}
