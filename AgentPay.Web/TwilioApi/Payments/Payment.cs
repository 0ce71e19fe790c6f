using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.TwilioApi;

/// <summary>A payment session, as returned by the API. Its progress is reported by callbacks only.</summary>
public sealed record Payment
{
    public required PaymentSid Sid { get; init; }

    public required CallSid CallSid { get; init; }
}
