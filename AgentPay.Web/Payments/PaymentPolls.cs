using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>Reads watched payments from Sync: that is how this instance sees what another has done with them.</summary>
public sealed class PaymentPolls(LiveFeed<PaymentId, PaymentSession> feed, PaymentFlow flow, PaymentStore store, IOptions<SyncOptions> options) : PollSource<PaymentId, PaymentSession>(feed)
{
    public override string Name => "payments";

    /// <summary>An outcome that is unknown may still come, but is not waited for by the second.</summary>
    protected override TimeSpan? IntervalOf(PaymentId key, PaymentSession? latest) => latest switch
    {
        { IsFinal: true } => null,
        { Phase: PaymentPhase.Ready or PaymentPhase.Unknown } => options.Value.IdlePoll,
        _ => options.Value.BusyPoll,
    };

    /// <summary>What this instance has just read or written need not be read.</summary>
    protected override Task PollAsync(PaymentId key, CancellationToken cancellation) =>
        store.Age(key) < options.Value.BusyPoll ? Task.CompletedTask : flow.RefreshAsync(key, cancellation);
}
