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
        // Either way: clocks are set back, too.
        if ((now - _sweptAt).Duration() < Interval) return;
        // An end that a screen still shows would otherwise be read every second, to be found nowhere.
        foreach (var payment in store.Forget(feed.IsWatched)) feed.Forget(payment);
        var found = await store.ListAsync(cancellation).ToListAsync(cancellation);
        var left = found.Where(s => s.Updated < now - Interval).ToList();
        // Whoever waits for an instance that has died comes first; the books can wait.
        await Task.WhenAll(Adopt(left).Select(records.OweAsync));
        _sweptAt = now;
        await records.VerifyAsync(left.Select(s => s.Data).Where(s => s.IsOver), cancellation);
        records.ForgetAllBut(found.Select(s => s.Data.Id).ToHashSet());
    }

    private List<PaymentSession> Adopt(IEnumerable<Stored<PaymentSession>> left)
    {
        var adopted = left.Where(s => !s.Data.IsOver && store.Adopt(s)).Select(s => s.Data).ToList();
        foreach (var session in adopted) log.Adopted(session.Id);
        return adopted;
    }
}
