using AgentPay.Web.TwilioApi;
using Microsoft.Extensions.Options;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>Sends receipts through Twilio's Messages API.</summary>
public sealed class ReceiptSender(
    MessagesClient twilio,
    PaymentProfiles profiles,
    CallbackAddress address,
    IOptions<PaymentsOptions> options,
    TimeProvider clock,
    ILogger<ReceiptSender> log)
{
    private ReceiptOptions Options => options.Value.Receipts;

    /// <summary>Whether a sender is configured.</summary>
    public bool IsOn => Options.IsOn;

    /// <summary>Sends one request and returns its outcome. Does not throw when Twilio refuses it or does not answer.</summary>
    /// <param name="number">The customer's number, in E.164.</param>
    /// <param name="zone">The time zone of the date in the receipt.</param>
    public async Task<ReceiptReported> SendAsync(PaymentSession session, int attempt, string number, TimeZoneInfo zone)
    {
        var template = profiles.Find(session.Plan.Profile)?.ReceiptTemplate ?? ReceiptText.Default;
        try
        {
            var sent = await twilio.SendAsync(new()
            {
                To = number,
                From = Options.From,
                MessagingServiceSid = Options.MessagingServiceSid,
                Body = ReceiptText.Of(template, session, zone),
                StatusCallback = address.OfReceipt(session.Id, attempt),
            });
            return new(clock.GetUtcNow(), attempt, ReceiptState.Sent, sent.Sid);
        }
        catch (TwilioException failure)
        {
            log.ReceiptNotSent(session.Id, attempt, failure.Code, failure.RequestId);
            var state = failure.IsAmbiguous && !PaymentRequests.IsRefusal(failure) ? ReceiptState.Unclear : ReceiptState.NotSent;
            return new(clock.GetUtcNow(), attempt, state, Code: failure.Code ?? (int?)failure.Status);
        }
    }
}
