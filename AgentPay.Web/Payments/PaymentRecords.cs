using System.Collections.Concurrent;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>
/// Queues the records that <see cref="PaymentRecordWriter"/> writes. Writes the newest state of each payment, and retries until Sync
/// accepts it.
/// </summary>
public sealed class PaymentRecords(
    PaymentStore store, PaymentRecordWriter writer, Outbox outbox, SyncBudget budget, IOptions<SyncOptions> options, TimeProvider clock)
{
    public const string PayMap = "payMap";

    /// <summary>The kind of outbox entries for payment records.</summary>
    public const string OutboxKind = "records";

    private const string PartialKind = "mirror";

    /// <summary>A write that took longer may have replaced a newer record of another instance.</summary>
    private static readonly TimeSpan SlowWrite = TimeSpan.FromSeconds(1);

    /// <summary>The least time between two writes of partial entries of a payment.</summary>
    private static readonly TimeSpan PartialPace = TimeSpan.FromMilliseconds(500);

    /// <summary>Partial entries are written while less of the map's budget is used. Milestones and new payments need the rest.</summary>
    private const double PartialShare = 0.5;

    /// <summary>The latest version of each payment whose records this instance has written.</summary>
    private readonly ConcurrentDictionary<PaymentId, int> _recorded = new();

    /// <summary>The number of payments whose records are not written yet.</summary>
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

    /// <summary>Queues the records of a stored payment, even if this instance has written them before.</summary>
    public void EnqueueAgain(PaymentSession stored)
    {
        _recorded.TryRemove(stored.Id, out _);
        Enqueue(stored);
    }

    /// <summary>Queues a masked partial entry for <c>payMap</c>, for clients that drive their payments.</summary>
    public void Mirror(PaymentSession session)
    {
        if (!options.Value.MirrorPartials || session.Plan.Driver != PaymentDriver.Client) return;
        outbox.Enqueue(new(PartialKind, session.Id.ToString()), new(_ => MirrorAsync(session.Id))
        {
            Name = $"Writing a partial entry of payment {session.Id}",
            Pace = PartialPace,
            Lifetime = options.Value.ItemTtl,
        });
    }

    /// <summary>Completes after the next attempt to write the records of the payment; at once when none are queued.</summary>
    public Task WhenTriedAsync(PaymentId payment) => outbox.WhenTriedAsync(new(OutboxKind, payment.ToString()));

    /// <summary>Forgets all payments except those that Sync still holds.</summary>
    public void ForgetAllBut(IReadOnlySet<PaymentId> payments)
    {
        foreach (var gone in _recorded.Keys.Where(id => !payments.Contains(id)).ToList()) _recorded.TryRemove(gone, out _);
    }

    // Only a client that drives its payment learns its progress from payMap. Screens of AgentPay read the payment's document.
    private static bool RequiresRecords(PaymentSession after, PaymentSession before) =>
        after.IsOver
        || (after.Payment is not null && before.Payment is null)
        || (after.Plan.Driver == PaymentDriver.Client && IsMilestoneAfter(after, before));

    private static bool IsMilestoneAfter(PaymentSession after, PaymentSession before) =>
        (after.Phase == PaymentPhase.Ready && before.Phase != PaymentPhase.Ready)
        || after.Rows.Zip(before.Rows).Any(row => row.First.Progress != row.Second.Progress && IsMilestone(row.First.Progress));

    private static bool IsMilestone(FieldProgress progress) =>
        progress is FieldProgress.Captured or FieldProgress.Rejected or FieldProgress.TimedOut;

    private async Task WriteAsync(PaymentSession queued, DateTimeOffset since)
    {
        // A partial entry that is being written must not replace the newer record.
        await outbox.WhenIdleAsync(new(PartialKind, queued.Id.ToString()));
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
    /// The newest stored state that requires records. Reads the payment again after a slow write, because another instance may have
    /// written newer records.
    /// </summary>
    private async Task<PaymentSession> NewestAsync(PaymentSession session, DateTimeOffset since)
    {
        if (clock.GetUtcNow() - since >= SlowWrite) await store.ReadAsync(session.Id, CancellationToken.None);
        var stored = store.Stored(session.Id);
        return stored?.Version > session.Version && RequiresRecords(stored, session) ? stored : session;
    }

    /// <summary>
    /// Writes the current partial entry. Does nothing if the field is no longer being entered, or the map has many other writes.
    /// </summary>
    private Task MirrorAsync(PaymentId payment) =>
        store.Known(payment) is { Payment: not null, IsHalfTyped: true } session && IsFreeForPartials(budget.StateOf(PayMap))
            ? writer.WritePartialAsync(session, CancellationToken.None)
            : Task.CompletedTask;

    private static bool IsFreeForPartials(SyncBudgetState state) => state.Used + state.Waiting < state.Limit * PartialShare;
}
