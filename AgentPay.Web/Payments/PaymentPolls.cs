using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>Reads watched payments from Sync: that is how this instance sees what another has done with them.</summary>
public sealed class PaymentPolls(LiveFeed<PaymentId, PaymentSession> feed, PaymentFlow flow, IOptions<SyncOptions> options) : PollSource<PaymentId, PaymentSession>(feed)
{
    public override string Name => "payments";

    /// <summary>An outcome that is unknown may still come, but is not waited for by the second.</summary>
    protected override TimeSpan? IntervalOf(PaymentId key, PaymentSession? latest) => latest switch
    {
        { IsFinal: true } => null,
        { Phase: PaymentPhase.Ready or PaymentPhase.Unknown } => options.Value.IdlePoll,
        _ => options.Value.BusyPoll,
    };

    protected override Task PollAsync(PaymentId key, CancellationToken cancellation) => flow.RefreshAsync(key, cancellation);
}
