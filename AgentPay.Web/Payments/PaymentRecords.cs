using System.Collections.Concurrent;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>
/// Queues what others read of a payment, written by <see cref="PaymentRecordWriter"/>: of each payment the newest state, in order, and
/// again until Sync takes it.
/// </summary>
public sealed class PaymentRecords(
    PaymentStore store, PaymentRecordWriter writer, Outbox outbox, IOptions<SyncOptions> options, TimeProvider clock)
{
    public const string PayMap = "payMap";

    /// <summary>Payments with records that Sync does not hold yet, in the outbox.</summary>
    public const string OutboxKind = "records";

    private const string MirrorKind = "mirror";

    /// <summary>A write that took longer may have come after another instance's newer one.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);

    /// <summary>The least time between two writes of half-typed digits of a payment.</summary>
    private static readonly TimeSpan MirrorPace = TimeSpan.FromMilliseconds(500);

    /// <summary>The version that this instance has recorded last.</summary>
    private readonly ConcurrentDictionary<PaymentId, int> _recorded = new();

    /// <summary>How many payments have records that are not written yet.</summary>
    public int Count => outbox.Count(OutboxKind);

    /// <summary>Queues the records that the transition requires.</summary>
    public void Enqueue(PaymentSession after, PaymentSession before)
    {
        if (RequiresRecords(after, before)) Enqueue(after);
    }

    /// <summary>Queues the records of a stored payment, unless this instance has written them already.</summary>
    public void Enqueue(PaymentSession stored)
    {
        if (_recorded.GetValueOrDefault(stored.Id, -1) >= stored.Version) return;
        var since = clock.GetUtcNow();
        outbox.Enqueue(new(OutboxKind, stored.Id.ToString()), new(_ => WriteAsync(stored, since))
        {
            Name = $"Writing the records of payment {stored.Id}",
            Lifetime = options.Value.ItemTtl,
        });
    }

    /// <summary>As <see cref="Enqueue(PaymentSession)"/>, whatever this instance has written.</summary>
    public void EnqueueAgain(PaymentSession stored)
    {
        _recorded.TryRemove(stored.Id, out _);
        Enqueue(stored);
    }

    /// <summary>Queues half-typed, masked digits for <c>payMap</c>, for clients that drive their payments and show them.</summary>
    public void Mirror(PaymentSession session)
    {
        if (!options.Value.MirrorPartials || session.Plan.Driver != PaymentDriver.Client) return;
        outbox.Enqueue(new(MirrorKind, session.Id.ToString()), new(_ => MirrorAsync(session.Id))
        {
            Name = $"Writing half-typed digits of payment {session.Id}",
            Pace = MirrorPace,
            Lifetime = options.Value.ItemTtl,
        });
    }

    /// <summary>Ends when the records of the payment are written or have failed once more; at once when none are queued.</summary>
    public Task WhenTriedAsync(PaymentId payment) => outbox.WhenTriedAsync(new(OutboxKind, payment.ToString()));

    /// <summary>Keeps in memory only what Sync still holds.</summary>
    public void ForgetAllBut(IReadOnlySet<PaymentId> payments)
    {
        foreach (var gone in _recorded.Keys.Where(id => !payments.Contains(id)).ToList()) _recorded.TryRemove(gone, out _);
    }

    private static bool RequiresRecords(PaymentSession after, PaymentSession before) =>
        after.IsOver
        || (after.Payment is not null && before.Payment is null)
        || (after.Phase == PaymentPhase.Ready && before.Phase != PaymentPhase.Ready)
        || after.Rows.Zip(before.Rows).Any(row => row.First.Progress != row.Second.Progress && IsMilestone(row.First.Progress));

    private static bool IsMilestone(FieldProgress progress) =>
        progress is FieldProgress.Captured or FieldProgress.Rejected or FieldProgress.TimedOut;

    private async Task WriteAsync(PaymentSession queued, DateTimeOffset since)
    {
        // Digits that are on their way must not be written over the milestone.
        await outbox.WhenIdleAsync(new(MirrorKind, queued.Id.ToString()));
        var session = await NewestAsync(queued, since);
        while (_recorded.GetValueOrDefault(session.Id, -1) < session.Version)
        {
            await writer.WriteAsync(session, isFirst: !_recorded.ContainsKey(session.Id), CancellationToken.None);
            var newest = await NewestAsync(session, since);
            if (newest == session) _recorded[session.Id] = session.Version;
            session = newest;
        }
    }

    /// <summary>
    /// The newest state in Sync that requires records. What is late is read: another instance may have recorded something newer.
    /// </summary>
    private async Task<PaymentSession> NewestAsync(PaymentSession session, DateTimeOffset since)
    {
        if (clock.GetUtcNow() - since >= Quick) await store.ReadAsync(session.Id, CancellationToken.None);
        var stored = store.Stored(session.Id);
        return stored?.Version > session.Version && RequiresRecords(stored, session) ? stored : session;
    }

    /// <summary>Writes what is half-typed now: nothing after the milestone that has overtaken it.</summary>
    private Task MirrorAsync(PaymentId payment) =>
        store.Known(payment) is { Payment: not null, IsHalfTyped: true } session
            ? writer.WritePartialAsync(session, CancellationToken.None)
            : Task.CompletedTask;
}
