using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.TwilioApi;

/// <summary>One leg of a call: twilio.com/docs/voice/api/call-resource.</summary>
public sealed record CallLeg
{
    public required CallSid Sid { get; init; }

    /// <summary>The leg that dialled this one.</summary>
    public CallSid? ParentCallSid { get; init; }

    /// <summary>E.164, <c>sip:…</c> or <c>client:…</c>.</summary>
    public string? From { get; init; }

    /// <inheritdoc cref="From"/>
    public string? To { get; init; }

    public required CallStatus Status { get; init; }

    /// <summary><c>inbound</c>, <c>outbound-api</c> or <c>outbound-dial</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>Null until the call has been dialled.</summary>
    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? DateCreated { get; init; }
}
