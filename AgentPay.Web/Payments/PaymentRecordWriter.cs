using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>
/// Writes the records of a payment for other readers, in this order: the item in <c>payMap</c>, and, when the payment is over, the document
/// of the call and the history record.
/// </summary>
public sealed class PaymentRecordWriter(
    MapStore maps, CallPayments calls, HistoryStore history, IOptions<SyncOptions> options, TimeProvider clock)
{
    /// <param name="isFirst">Whether the item is probably new in <c>payMap</c>.</param>
    public async Task WriteAsync(PaymentSession session, bool isFirst, CancellationToken cancellation)
    {
        var urgency = session.IsOver ? SyncUrgency.Final : session.IsNew ? SyncUrgency.New : SyncUrgency.Normal;
        if (session.Payment is { } payment)
        {
            var ttl = session.IsFinal ? options.Value.EndedTtl : options.Value.ItemTtl;
            var item = PayMapItem.Of(session, clock.GetUtcNow());
            await maps.UpsertAsync(PaymentRecords.PayMap, payment.ToString(), item, ttl, isFirst, urgency, cancellation);
        }
        if (session.IsFinal) await calls.EndAsync(session, cancellation);
        if (session.IsOver) await history.WriteAsync(HistoryRecord.Of(session), urgency, cancellation);
    }

    /// <summary>Writes a partial entry to <c>payMap</c>.</summary>
    /// <param name="session">A payment whose Twilio SID is known.</param>
    public Task WritePartialAsync(PaymentSession session, CancellationToken cancellation) => maps.UpsertAsync(
        PaymentRecords.PayMap, session.Payment.ToString()!, PayMapItem.Of(session, clock.GetUtcNow()),
        options.Value.ItemTtl, expectNew: false, SyncUrgency.Normal, cancellation);
}
