using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Payments;

/// <summary>
/// Twilio's status callback of a payment session: twilio.com/docs/voice/api/payment-resource. Twilio masks all entries except the expiry
/// date, the postal code and the routing number.
/// </summary>
public sealed record PayCallback
{
    public required PaymentSid Payment { get; init; }

    /// <summary><c>DateUpdated</c>, or <c>DateCreated</c> in the first callback; UTC. Callbacks are ordered by Twilio's clock.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary><c>I-Twilio-Idempotency-Token</c>: identical in every delivery of one callback.</summary>
    public string? Delivery { get; init; }

    public CaptureField? Capture { get; init; }

    public bool IsPartial { get; init; }

    /// <summary>The fields still to be captured; null when the callback does not say.</summary>
    public IReadOnlySet<CaptureField>? Required { get; init; }

    /// <summary>Names in <c>Required</c> that AgentPay does not know.</summary>
    public IReadOnlyList<string> OtherRequired { get; init; } = [];

    public string? ErrorType { get; init; }

    /// <summary>What has been entered so far, as Twilio shows it.</summary>
    public IReadOnlyDictionary<CaptureField, string> Shown { get; init; } = new Dictionary<CaptureField, string>();

    /// <summary>Twilio's name of the card brand, such as <c>visa</c>.</summary>
    public string? CardType { get; init; }

    /// <summary>Present on the last callback only.</summary>
    public PaymentOutcome? Outcome { get; init; }
}
