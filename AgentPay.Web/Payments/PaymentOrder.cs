using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>What an agent, or a front end, wants taken.</summary>
/// <param name="Call">The customer's leg.</param>
/// <param name="Profile">Empty means the default.</param>
/// <param name="Amount">Major units; null or zero to tokenise.</param>
/// <param name="Currency">Empty means the profile's.</param>
public sealed record PaymentOrder(CallSid Call, string? Uui = null, string? Profile = null, decimal? Amount = null, string? Currency = null, string? Description = null, string? Reference = null)
{
    /// <summary>The customer's leg that the agent saw when they pressed Start; null when nobody saw one. A payment never starts on another leg.</summary>
    public CallSid? SeenCall { get; init; }

    /// <summary>Over the profile's; null means the profile's.</summary>
    public TokenType? TokenType { get; init; }

    /// <summary>Over the profile's; null means the profile's.</summary>
    public string? Connector { get; init; }

    /// <summary>Over the profile's; null means the profile's.</summary>
    public IReadOnlyList<CaptureField>? Fields { get; init; }

    /// <summary>The agent has said that the number in <see cref="Description"/> or <see cref="Reference"/> that looks like a card number is none. Recorded with the payment.</summary>
    public bool IsConfirmedNoCard { get; init; }

    /// <summary>The agent was told that the same has been paid (<see cref="DeskAnswer.AlreadyPaid"/>), and has said to charge again. Recorded with the payment.</summary>
    public bool IsConfirmedAgain { get; init; }

    public PaymentDriver Driver { get; init; } = PaymentDriver.Server;
}
