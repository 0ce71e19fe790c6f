using AgentPay.Web.Sync;
using AgentPay.Web.Twilio;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>What others read of a payment: its item in <c>payMap</c>, at milestones, and its record in the day's history, at its end.</summary>
public sealed class PaymentRecords(MapStore maps, IOptions<SyncOptions> sync, TimeProvider clock)
{
    public const string PayMap = "payMap";

    /// <summary>Writes what the way from <paramref name="before"/> to <paramref name="after"/> calls for. May be called again with the same.</summary>
    public async Task WriteAsync(PaymentSession after, PaymentSession before, CancellationToken cancellation)
    {
        if (after.IsOver && after.Phase != before.Phase) await WriteHistoryAsync(after, cancellation);
        if (after.Payment is { } payment && CallsForPayMap(after, before)) await WritePayMapAsync(payment, after, isFirst: before.Payment is null, cancellation);
    }

    /// <summary>The end of a payment, once more: for a callback that is delivered again because its first delivery was not stored in full.</summary>
    public async Task WriteEndAsync(PaymentSession session, CancellationToken cancellation)
    {
        await WriteHistoryAsync(session, cancellation);
        if (session.Payment is { } payment) await WritePayMapAsync(payment, session, isFirst: false, cancellation);
    }

    private static bool CallsForPayMap(PaymentSession after, PaymentSession before) =>
        before.Payment is null
        || after.IsOver
        || (after.Phase == PaymentPhase.Ready && before.Phase != PaymentPhase.Ready)
        || after.Rows.Zip(before.Rows).Any(row => row.First.Progress != row.Second.Progress && row.First.Progress is FieldProgress.Captured or FieldProgress.Rejected or FieldProgress.TimedOut);

    private Task<string> WritePayMapAsync(PaymentSid payment, PaymentSession session, bool isFirst, CancellationToken cancellation) => maps.UpsertAsync(
        PayMap,
        payment.ToString(),
        PayMapItem.Of(session, clock.GetUtcNow()),
        session.IsFinal ? sync.Value.EndedTtl : sync.Value.ItemTtl,
        expectNew: isFirst,
        session.IsOver ? SyncUrgency.Final : SyncUrgency.Normal,
        cancellation);

    private Task<string> WriteHistoryAsync(PaymentSession session, CancellationToken cancellation) => maps.UpsertAsync(
        HistoryRecord.MapOf(session), session.Id.ToString(), HistoryRecord.Of(session), sync.Value.HistoryTtl, expectNew: true, SyncUrgency.Final, cancellation);
}
