using AgentPay.Web.PaymentTypes;
using Twilio.Rest.Api.V2010.Account.Call;

namespace AgentPay.Web.TwilioApi;

/// <summary>The next thing to happen in a payment session: exactly one of the three (Twilio refuses none or two with 64018).</summary>
public abstract record PaymentStep
{
    private PaymentStep()
    {
    }

    internal abstract void AddTo(UpdatePaymentOptions options);

    /// <summary>Listen for a field; what had been captured for it before is forgotten.</summary>
    public sealed record Capture(CaptureField Field) : PaymentStep
    {
        internal override void AddTo(UpdatePaymentOptions options) => options.Capture = WireName.Of(Field);
    }

    /// <summary>Send what was captured to the pay connector.</summary>
    public sealed record Complete : PaymentStep
    {
        internal override void AddTo(UpdatePaymentOptions options) => options.Status = PaymentResource.StatusEnum.Complete;
    }

    public sealed record Cancel : PaymentStep
    {
        internal override void AddTo(UpdatePaymentOptions options) => options.Status = PaymentResource.StatusEnum.Cancel;
    }
}
