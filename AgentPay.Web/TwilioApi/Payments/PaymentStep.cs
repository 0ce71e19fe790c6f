using AgentPay.Web.PaymentTypes;
using Twilio.Rest.Api.V2010.Account.Call;

namespace AgentPay.Web.TwilioApi;

/// <summary>The next step of a payment session. Twilio refuses a request with no step or more than one with 64018.</summary>
public abstract record PaymentStep
{
    private PaymentStep()
    {
    }

    internal abstract void AddTo(UpdatePaymentOptions options);

    /// <summary>Captures a field, and discards its earlier value.</summary>
    public sealed record Capture(CaptureField Field) : PaymentStep
    {
        internal override void AddTo(UpdatePaymentOptions options) => options.Capture = WireName.Of(Field);
    }

    /// <summary>Sends the captured fields to the pay connector.</summary>
    public sealed record Complete : PaymentStep
    {
        internal override void AddTo(UpdatePaymentOptions options) => options.Status = PaymentResource.StatusEnum.Complete;
    }

    public sealed record Cancel : PaymentStep
    {
        internal override void AddTo(UpdatePaymentOptions options) => options.Status = PaymentResource.StatusEnum.Cancel;
    }
}
