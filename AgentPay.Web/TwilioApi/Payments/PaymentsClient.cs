using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.TwilioApi;

/// <summary>
/// Payment sessions on a call in progress. Every method throws <see cref="TwilioException"/> for whatever Twilio does not do.
/// The idempotency key makes each request safe to repeat, so it is tried again after a timeout or a 5xx as well.
/// </summary>
public sealed class PaymentsClient
{
    private readonly TwilioTransport _api;
    private readonly AccountSid _account;

    internal PaymentsClient(TwilioTransport api, IOptions<TwilioOptions> options)
    {
        _api = api;
        _account = AccountSid.Parse(options.Value.AccountSid!);
    }

    /// <param name="call">The leg whose keypad is used: the customer's, never the agent's.</param>
    public Task<Payment> CreateAsync(CallSid call, CreatePayment payment, CancellationToken cancellation = default) =>
        SendAsync($"/2010-04-01/Accounts/{_account}/Calls/{call}/Payments.json", payment.ToForm(), cancellation);

    /// <summary>Success means that Twilio has accepted the step, not that it has happened.</summary>
    public Task<Payment> UpdateAsync(CallSid call, PaymentSid payment, UpdatePayment update, CancellationToken cancellation = default) =>
        SendAsync($"/2010-04-01/Accounts/{_account}/Calls/{call}/Payments/{payment}.json", update.ToForm(), cancellation);

    private Task<Payment> SendAsync(FormattableString path, FormFields form, CancellationToken cancellation) =>
        _api.SendAsync<Payment>(new(HttpMethod.Post, TwilioProduct.Voice, path) { Form = form, IsRepeatable = true }, cancellation);
}
