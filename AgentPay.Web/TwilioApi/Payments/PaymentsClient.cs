using AgentPay.Web.PaymentTypes;
using Twilio.Rest.Api.V2010.Account.Call;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// Payment sessions on a call in progress. Every method throws <see cref="TwilioException"/> when Twilio refuses or does not answer.
/// Requests have an idempotency key, so they are also retried after a timeout or a 5xx.
/// </summary>
public sealed class PaymentsClient
{
    private readonly TwilioTransport _api;

    internal PaymentsClient(TwilioTransport api) => _api = api;

    /// <param name="call">The customer's leg, whose keypad is captured.</param>
    public Task<Payment> CreateAsync(CallSid call, CreatePayment payment, CancellationToken cancellation = default) =>
        _api.SendAsync<Payment>(client => PaymentResource.CreateAsync(payment.ToOptions(call), client), cancellation);

    /// <summary>Returns when Twilio has accepted the step. A callback reports the result.</summary>
    public Task<Payment> UpdateAsync(CallSid call, PaymentSid payment, UpdatePayment update, CancellationToken cancellation = default) =>
        _api.SendAsync<Payment>(client => PaymentResource.UpdateAsync(update.ToOptions(call, payment), client), cancellation);
}
