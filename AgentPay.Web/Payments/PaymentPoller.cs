using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>Reads watched payments from Sync, so that this instance shows the changes of other instances.</summary>
public sealed class PaymentPoller(
    LiveFeed<PaymentId, PaymentSession> feed,
    PollMonitor monitor,
    PaymentFlow flow,
    PaymentStore store,
    IOptions<SyncOptions> options,
    TimeProvider clock)
    : FeedPoller<PaymentId, PaymentSession>(SourceName, feed, monitor, clock)
{
    /// <summary>The key of the poller's <see cref="FeedHealth"/>.</summary>
    public const string SourceName = "payments";

    /// <summary>A late callback or a supervisor can still settle an uncertain outcome.</summary>
    protected override TimeSpan? IntervalOf(PaymentId key, PaymentSession? latest) => latest switch
    {
        { IsFinal: true, NeedsChecking: false } => null,
        { Phase: PaymentPhase.Ready } or { IsOver: true } => options.Value.IdlePoll,
        _ => options.Value.BusyPoll,
    };

    /// <summary>Skips the read when this instance has just read or written the payment.</summary>
    protected override Task PollAsync(PaymentId key, CancellationToken cancellation) =>
        store.Age(key) < options.Value.BusyPoll ? Task.CompletedTask : flow.RefreshAsync(key, cancellation);
}
