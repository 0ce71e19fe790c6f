using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>
/// Writes what others read of a payment: its item in <c>payMap</c>, and at its end the call's document and the day's history, in this
/// order.
/// </summary>
public sealed class PaymentRecordWriter(
    MapStore maps, CallPayments calls, HistoryStore history, IOptions<SyncOptions> options, TimeProvider clock)
{
    /// <param name="isFirst">Whether the item is probably not in <c>payMap</c> yet.</param>
    public async Task WriteAsync(PaymentSession session, bool isFirst, CancellationToken cancellation)
    {
        var urgency = session.IsOver ? SyncUrgency.Final : SyncUrgency.Normal;
        if (session.Payment is { } payment)
        {
            var ttl = session.IsFinal ? options.Value.EndedTtl : options.Value.ItemTtl;
            var item = PayMapItem.Of(session, clock.GetUtcNow());
            await maps.UpsertAsync(PaymentRecords.PayMap, payment.ToString(), item, ttl, isFirst, urgency, cancellation);
        }
        if (session.IsFinal) await calls.EndAsync(session, cancellation);
        if (session.IsOver) await history.WriteAsync(HistoryRecord.Of(session), urgency, cancellation);
    }

    /// <summary>Writes what is half-typed to <c>payMap</c>.</summary>
    /// <param name="session">Bound to Twilio's SID.</param>
    public Task WritePartialAsync(PaymentSession session, CancellationToken cancellation) => maps.UpsertAsync(
        PaymentRecords.PayMap, session.Payment.ToString()!, PayMapItem.Of(session, clock.GetUtcNow()),
        options.Value.ItemTtl, expectNew: false, SyncUrgency.Normal, cancellation);
}
