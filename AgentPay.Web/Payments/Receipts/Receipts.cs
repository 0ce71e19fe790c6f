using AgentPay.Web.PaymentTypes;
using AgentPay.Web.Sync;
using static AgentPay.Web.Payments.PaymentEvent;

namespace AgentPay.Web.Payments;

/// <summary>An agent's order to send a receipt.</summary>
/// <param name="Number">The customer's number, as typed.</param>
/// <param name="IsAgreed">The agent has asked the customer, who agrees to a text message.</param>
/// <param name="Attempt">One more than the attempt that the agent has seen. An order with an older number is not sent.</param>
/// <param name="Zone">The time zone of the date in the receipt.</param>
public sealed record ReceiptOrder(string? Number, bool IsAgreed, int Attempt, TimeZoneInfo Zone);

/// <summary>
/// Sends receipts by text message. Each attempt is stored before the request, and the request is sent once: after an unclear answer the
/// agent decides whether to send another one.
/// </summary>
public sealed class Receipts(PaymentFlow flow, PaymentStore store, ReceiptSender sender, Outbox outbox, TimeProvider clock)
{
    /// <summary>The code of a refusal that concerns the number.</summary>
    public const string NumberInvalid = "receipt-number";

    private const string OutboxKind = "receipt";
    private const int NumberEnd = 3;

    private static readonly DeskAnswer.Refused InvalidNumber = new(
        NumberInvalid, "Enter a mobile number with its country code, such as +61400000000.");
    private static readonly DeskAnswer.Refused NotAgreed = new(
        "receipt-consent", "Ask whether the customer agrees to a text message, and tick the box.");
    private static readonly DeskAnswer.Refused NotPaid = new(
        "receipt-not-paid", "A receipt can be sent only for a payment that was taken.");
    private static readonly DeskAnswer.Refused TooOld = new(
        "receipt-too-late", "The payment is too old to send a receipt. Read out the confirmation code.");

    /// <summary>Whether a sender is configured.</summary>
    public bool AreOn => sender.IsOn;

    /// <summary>
    /// Sends the receipt unless this attempt was sent before. Returns the payment with the outcome in <see cref="PaymentSession.Receipt"/>.
    /// </summary>
    public async Task<DeskAnswer> SendAsync(string agent, PaymentId payment, ReceiptOrder order, CancellationToken cancellation)
    {
        if (MobileNumber.Read(order.Number) is not { } number) return InvalidNumber;
        if (!order.IsAgreed) return NotAgreed;
        try
        {
            var intent = new SmsReceipt(order.Attempt, ReceiptState.Sending, number[^NumberEnd..], agent, clock.GetUtcNow());
            if (await flow.ApplyAsync(payment, new ReceiptAsked(intent), agent, cancellation) is not { } change) return TooOld;
            if (change.Before?.Agent != agent) return DeskAnswer.NotYours;
            if (!AreOn || !change.After.MayHaveReceipt) return NotPaid;
            if (change.HasChanged) await SendAsync(change.After, intent, number, order.Zone);
            // The same press again, or another one before: its outcome is shown.
            return new DeskAnswer.Done(await store.LoadAsync(payment, cancellation) ?? change.After);
        }
        catch (ServiceUnavailableException)
        {
            return DeskAnswer.Unavailable;
        }
    }

    /// <summary>Stores what Twilio reports about the delivery.</summary>
    /// <exception cref="ServiceUnavailableException">Sync did not store it.</exception>
    /// <returns>False when the payment is not known.</returns>
    public async Task<bool> ReportAsync(PaymentId payment, ReceiptReported reported) =>
        await flow.ApplyAsync(payment, reported, by: null, CancellationToken.None) is not null;

    /// <summary>Sends the message once, and stores the outcome with retries. On shutdown, the outbox waits for both.</summary>
    private async Task SendAsync(PaymentSession session, SmsReceipt intent, string number, TimeZoneInfo zone)
    {
        var (send, report) = (KeyOf("send"), KeyOf("report"));
        outbox.EnqueueOnce(send, new(SendOnceAsync) { Name = $"Sending receipt {intent.Attempt} of payment {session.Id}" });
        await outbox.WhenTriedAsync(send);
        await outbox.WhenTriedAsync(report);

        OutboxKey KeyOf(string what) => new(OutboxKind, $"{session.Id}-{intent.Attempt}-{what}");

        async Task SendOnceAsync(CancellationToken abandoned)
        {
            var outcome = await sender.SendAsync(session, intent.Attempt, number, zone);
            outbox.Enqueue(report, new(_ => ReportAsync(session.Id, outcome))
            {
                Name = $"Storing the outcome of receipt {intent.Attempt} of payment {session.Id}",
            });
        }
    }
}
