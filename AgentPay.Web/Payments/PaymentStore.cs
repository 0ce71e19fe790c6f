using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>Stores payments in Sync, one document for each.</summary>
public sealed class PaymentStore(
    DocumentStore<PaymentSession> documents,
    SyncAcl acl,
    LiveFeed<PaymentId, PaymentSession> feed,
    Outbox outbox,
    IOptions<SyncOptions> options,
    TimeProvider clock)
    : RecordStore<PaymentId, PaymentSession>(outbox, clock)
{
    /// <summary>The kind of outbox entries for callbacks that are not written to Sync yet.</summary>
    public const string OutboxKind = "payment";

    /// <summary>The least time between two writes of partial entries.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Raised when Sync has stored a change, with the stored payment before and after it. A change that is not shown yet is shown after
    /// this event.
    /// </summary>
    public event Action<PaymentSession, PaymentSession>? Written;

    /// <summary>Payments in memory that are not over.</summary>
    public IEnumerable<PaymentSession> InFlight => All.Where(session => !session.IsOver);

    /// <summary>Payments in memory that are over.</summary>
    public IEnumerable<PaymentSession> Over => All.Where(session => session.IsOver);

    protected override TimeSpan Lifetime => options.Value.ItemTtl;

    protected override bool ReadsBeforeFirstWrite => true;

    public static string NameOf(PaymentId payment) => $"pay-{payment}";

    /// <summary>
    /// Whether Twilio has answered a request that Sync has shown as pending for <paramref name="after"/>. Other instances would send such
    /// a request again.
    /// </summary>
    public bool HasUnstoredAnswer(PaymentId payment, TimeSpan after) =>
        Known(payment) is { Pending: null } && Stored(payment) is { Pending: not null } && !IsDirty(payment) && Age(payment) >= after;

    /// <summary>Stores a new payment, before any request is sent to Twilio.</summary>
    public Task<PaymentSession> CreateAsync(PaymentSession session, CancellationToken cancellation) =>
        CreateAsync(session.Id, session, cancellation);

    /// <summary>Reads every payment that Sync holds.</summary>
    public IAsyncEnumerable<Stored<PaymentSession>> ListAsync(CancellationToken cancellation) => documents.ListAsync("pay-", cancellation);

    /// <inheritdoc cref="RecordStore{TKey, T}.Import"/>
    public bool Import(Stored<PaymentSession> read, long mark) => Import(read.Data.Id, read!, mark);

    /// <summary>The outbox key of the payment's callbacks.</summary>
    public static OutboxKey KeyOf(PaymentId payment) => new(OutboxKind, payment.ToString());

    protected override OutboxKey OutboxKeyOf(PaymentId key) => KeyOf(key);

    protected override string LogNameOf(PaymentId key, PaymentSession? view) => $"a callback of payment {key}";

    protected override async Task<Stored<PaymentSession?>?> FetchAsync(PaymentId key, CancellationToken cancellation) =>
        (await documents.FetchAsync(NameOf(key), cancellation))!;

    protected override async Task<Stored<PaymentSession?>?> WriteAsync(
        PaymentId key, PaymentSession next, Stored<PaymentSession?>? over, CancellationToken cancellation)
    {
        if (over?.Data is not { } before)
        {
            var created = await documents.CreateAsync(NameOf(key), next, options.Value.ItemTtl, cancellation);
            await acl.GrantAsync(NameOf(key), next.Agent, cancellation);
            return (created with { Data = next })!;
        }
        TimeSpan? ttl = next.IsFinal && !next.NeedsChecking ? options.Value.EndedTtl : null;
        var urgency = next.IsOver ? SyncUrgency.Final : SyncUrgency.Normal;
        if (await documents.UpdateAsync(NameOf(key), next, over.Revision, ttl, urgency, cancellation) is not { } written) return null;
        if (next.Agent != before.Agent)
        {
            await acl.RevokeAsync(NameOf(key), before.Agent, cancellation);
            await acl.GrantAsync(NameOf(key), next.Agent, cancellation);
        }
        return (written with { Data = next })!;
    }

    protected override void OnStored(PaymentSession? before, PaymentSession after) => Written?.Invoke(before!, after);

    protected override void OnChanged(PaymentId key, PaymentSession? before, PaymentSession? after)
    {
        // A change was discarded: show the previous state again.
        if (after is null || after.Version < before?.Version) feed.Forget(key);
        if (after is not null) feed.Publish(key, after);
    }

    /// <summary>
    /// Partial entries are shown on this instance without a write. They are written when no screen here shows the payment, because a
    /// screen on another instance may do so. A client that drives its payment reads <c>payMap</c> instead.
    /// </summary>
    protected override bool MustBeStored(PaymentSession before, PaymentSession after) =>
        after.IsMilestoneAfter(before)
        || (after.IsHalfTyped && after.Plan.Driver == PaymentDriver.Server && !feed.IsWatched(after.Id) && Age(after.Id) >= Pace);

    protected override bool IsOlder(PaymentSession? read, PaymentSession? known) => read?.Version < known?.Version;

    protected override PaymentSession Number(PaymentSession after, PaymentSession? before, PaymentSession? stored, bool isDirty) =>
        after with { Version = (stored?.Version ?? 0) + (isDirty ? 1 : 0), Step = (before?.Step ?? 0) + 1 };

    protected override PaymentSession Received(PaymentSession read, PaymentSession? known) => read with { Step = (known?.Step ?? 0) + 1 };

    protected override bool IsExpired(PaymentId key, PaymentSession? view, DateTimeOffset? expires, TimeSpan age) =>
        MayDrop(key, view) && age > options.Value.EndedTtl;

    protected override bool MayDrop(PaymentId key, PaymentSession? view) => view is { IsOver: true } && !feed.IsWatched(key);
}
