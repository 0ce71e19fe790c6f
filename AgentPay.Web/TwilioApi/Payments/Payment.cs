using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.TwilioApi;

/// <summary>A payment session, as the API answers. Its progress is reported by its callbacks only.</summary>
public sealed record Payment
{
    public required PaymentSid Sid { get; init; }

    public required CallSid CallSid { get; init; }
}
