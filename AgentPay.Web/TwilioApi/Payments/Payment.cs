using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.TwilioApi;

/// <summary>A payment session as the API describes it: only that it exists. How it goes is told by its callbacks alone.</summary>
public sealed record Payment
{
    public required PaymentSid Sid { get; init; }

    public required CallSid CallSid { get; init; }

    public DateTimeOffset? DateCreated { get; init; }

    public DateTimeOffset? DateUpdated { get; init; }
}
