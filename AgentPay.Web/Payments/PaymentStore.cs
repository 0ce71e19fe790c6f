using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>Payments in Sync, one document each.</summary>
public sealed class PaymentStore(
    DocumentStore<PaymentSession> documents, SyncAcl acl, LiveFeed<PaymentId, PaymentSession> feed,
    Outbox outbox, IOptions<SyncOptions> options, TimeProvider clock)
    : RecordStore<PaymentId, PaymentSession>(outbox, clock)
{
    /// <summary>Payments with a callback that Sync does not hold yet, in the outbox.</summary>
    public const string OutboxKind = "payment";

    /// <summary>The least time between two writes of half-typed digits.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Sync holds a change: the payment as Sync held it before, and now. Raised before the change is shown, unless it was shown
    /// already.
    /// </summary>
    public event Action<PaymentSession, PaymentSession>? Written;

    /// <summary>Payments that this instance knows and that are not over.</summary>
    public IEnumerable<PaymentSession> InFlight => All.Where(session => !session.IsOver);

    /// <summary>Payments that this instance knows and that are over.</summary>
    public IEnumerable<PaymentSession> Over => All.Where(session => session.IsOver);

    protected override TimeSpan Lifetime => options.Value.ItemTtl;

    protected override bool ReadsBeforeFirstWrite => true;

    public static string NameOf(PaymentId payment) => $"pay-{payment}";

    /// <summary>
    /// True when Twilio has answered a request and Sync has said for <paramref name="after"/> that the request is pending: other
    /// instances would send it again.
    /// </summary>
    public bool HasUnstoredAnswer(PaymentId payment, TimeSpan after) =>
        Known(payment) is { Pending: null } && Stored(payment) is { Pending: not null } && !IsDirty(payment) && Age(payment) >= after;

    /// <summary>Stores the intent, before Twilio is asked for anything.</summary>
    public Task<PaymentSession> CreateAsync(PaymentSession session, CancellationToken cancellation) =>
        CreateAsync(session.Id, session, cancellation);

    /// <summary>Every payment that Sync holds.</summary>
    public IAsyncEnumerable<Stored<PaymentSession>> ListAsync(CancellationToken cancellation) => documents.ListAsync("pay-", cancellation);

    /// <inheritdoc cref="RecordStore{TKey, T}.Import"/>
    public bool Import(Stored<PaymentSession> read, long mark) => Import(read.Data.Id, read!, mark);

    /// <summary>Where the outbox keeps the payment's callbacks.</summary>
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
        // After a change that was given up, the payment is shown as it was.
        if (after is null || after.Version < before?.Version) feed.Forget(key);
        if (after is not null) feed.Publish(key, after);
    }

    /// <summary>
    /// Half-typed digits go straight to those who watch here, and cost no write. When nobody does, a screen on another instance may be
    /// waiting for them; a client that drives its payment reads <c>payMap</c> instead.
    /// </summary>
    protected override bool MustBeStored(PaymentSession before, PaymentSession after) =>
        after.IsMilestoneAfter(before)
        || (after.IsHalfTyped && after.Plan.Driver == PaymentDriver.Server && !feed.IsWatched(after.Id) && Age(after.Id) >= Pace);

    protected override bool IsOlder(PaymentSession? read, PaymentSession? known) => read?.Version < known?.Version;

    protected override PaymentSession Number(PaymentSession after, PaymentSession? before, PaymentSession? stored, bool isDirty) =>
        after with { Version = (stored?.Version ?? 0) + (isDirty ? 1 : 0), Step = (before?.Step ?? 0) + 1 };

    protected override PaymentSession Received(PaymentSession read, PaymentSession? known) => read with { Step = (known?.Step ?? 0) + 1 };

    protected override bool IsExpired(PaymentId key, PaymentSession? view, DateTimeOffset? expires, TimeSpan age) =>
        view is { IsOver: true } && age > options.Value.EndedTtl && !feed.IsWatched(key);
}
