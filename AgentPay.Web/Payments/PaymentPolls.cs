using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>Reads watched payments from Sync: that is how this instance sees what another has done with them.</summary>
public sealed class PaymentPolls(LiveFeed<PaymentId, PaymentSession> feed, PaymentFlow flow, PaymentStore store, IOptions<SyncOptions> options) : PollSource<PaymentId, PaymentSession>(feed)
{
    public override string Name => "payments";

    /// <summary>An uncertain outcome may still be settled, by a late callback or by a supervisor.</summary>
    protected override TimeSpan? IntervalOf(PaymentId key, PaymentSession? latest) => latest switch
    {
        { IsFinal: true, NeedsChecking: false } => null,
        { Phase: PaymentPhase.Ready } or { IsOver: true } => options.Value.IdlePoll,
        _ => options.Value.BusyPoll,
    };

    /// <summary>What this instance has just read or written need not be read.</summary>
    protected override Task PollAsync(PaymentId key, CancellationToken cancellation) =>
        store.Age(key) < options.Value.BusyPoll ? Task.CompletedTask : flow.RefreshAsync(key, cancellation);
}
