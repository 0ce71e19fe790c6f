using AgentPay.Web.Sync;

namespace AgentPay.Web.Payments;

/// <summary>Looks through all payments for those whose instance has died: what is in flight is taken on, what is over is recorded in full.</summary>
public sealed class PaymentSweep(
    PaymentStore store, PaymentRecords records, LiveFeed<PaymentId, PaymentSession> feed, TimeProvider clock, ILogger<PaymentSweep> log)
{
    /// <summary>How long nobody must have written to a payment before others look after it too; and how often they look.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private DateTimeOffset _sweptAt;

    /// <summary>Sweeps when it is time to.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (now - _sweptAt < Interval) return;
        foreach (var payment in store.Forget()) feed.Forget(payment);
        var found = await store.ListAsync(cancellation).ToListAsync(cancellation);
        foreach (var stored in found.Where(s => s.Updated < now - Interval)) await LookAfterAsync(stored, cancellation);
        records.ForgetAllBut(found.Select(s => s.Data.Id).ToHashSet());
        _sweptAt = now;
    }

    private async Task LookAfterAsync(Stored<PaymentSession> stored, CancellationToken cancellation)
    {
        if (stored.Data.IsOver)
        {
            await records.VerifyAsync(stored.Data, cancellation);
        }
        else if (store.Adopt(stored))
        {
            log.Adopted(stored.Data.Id);
            await records.OweAsync(stored.Data);
        }
    }
}
