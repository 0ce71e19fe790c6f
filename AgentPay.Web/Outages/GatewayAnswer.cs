using AgentPay.Web.Payments;

namespace AgentPay.Web.Outages;

/// <summary>Decides what the result of a payment says about the gateway.</summary>
public static class GatewayAnswer
{
    // AgentPay's credentials at Twilio, which the gateway has nothing to do with.
    private const int CredentialsRefused = 20003;

    /// <summary>
    /// True when the gateway took or declined the payment. False when it gave no result, or no longer accepts the pay connector. Null when
    /// the payment says nothing about it, for example because it was cancelled.
    /// </summary>
    public static bool? Of(PaymentSession session)
    {
        if (!session.IsOver) return null;
        var result = PaymentResult.Of(session);
        return result switch
        {
            { Kind: ResultKind.Succeeded } => true,
            { Kind: ResultKind.Cancelled } => null,
            { Kind: ResultKind.Unknown } => false,
            { Label: PaymentResult.Declined } => true,
            { Retry: RetryAdvice.CannotHelp } when session.Outcome?.Code is not CredentialsRefused => false,
            _ => null,
        };
    }
}
