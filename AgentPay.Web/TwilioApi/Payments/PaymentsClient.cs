using AgentPay.Web.PaymentTypes;
using Twilio.Rest.Api.V2010.Account.Call;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// Payment sessions on a call in progress. Every method throws <see cref="TwilioException"/> when Twilio refuses or does not answer.
/// The idempotency key makes each request safe to repeat, so it is retried after a timeout or a 5xx as well.
/// </summary>
public sealed class PaymentsClient
{
    private readonly TwilioTransport _api;

    internal PaymentsClient(TwilioTransport api) => _api = api;

    /// <param name="call">The leg whose keypad is used: the customer's, never the agent's.</param>
    public Task<Payment> CreateAsync(CallSid call, CreatePayment payment, CancellationToken cancellation = default) =>
        _api.SendAsync<Payment>(client => PaymentResource.CreateAsync(payment.ToOptions(call), client), cancellation);

    /// <summary>Success means that Twilio has accepted the step; its result comes by callback.</summary>
    public Task<Payment> UpdateAsync(CallSid call, PaymentSid payment, UpdatePayment update, CancellationToken cancellation = default) =>
        _api.SendAsync<Payment>(client => PaymentResource.UpdateAsync(update.ToOptions(call, payment), client), cancellation);
}
