using AgentPay.Web.PaymentTypes;
using Twilio.Rest.Api.V2010.Account.Call;
using static AgentPay.Web.TwilioApi.PathSegment;

namespace AgentPay.Web.TwilioApi;

/// <summary>A step of a running payment session.</summary>
public sealed record UpdatePayment
{
    /// <inheritdoc cref="CreatePayment.IdempotencyKey"/>
    public required string IdempotencyKey { get; init; }

    /// <inheritdoc cref="CreatePayment.StatusCallback"/>
    public required string StatusCallback { get; init; }

    public required PaymentStep Step { get; init; }

    internal UpdatePaymentOptions ToOptions(CallSid call, PaymentSid payment)
    {
        var options = new UpdatePaymentOptions(
            Escape(call.ToString()),
            Escape(payment.ToString()),
            Wire.Required(nameof(IdempotencyKey), IdempotencyKey),
            new(Wire.Required(nameof(StatusCallback), StatusCallback)));
        Step.AddTo(options);
        return options;
    }
}
