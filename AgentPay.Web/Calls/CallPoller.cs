using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Calls;

/// <summary>Polls the call list in Sync while a screen shows it.</summary>
internal sealed class CallPoller(
    LiveFeed<string, CallList> feed, PollMonitor monitor, CallDirectory calls, IOptions<SyncOptions> options, TimeProvider clock)
    : FeedPoller<string, CallList>(SourceName, feed, monitor, clock)
{
    /// <summary>The key of this poller's <see cref="FeedHealth"/>.</summary>
    public const string SourceName = "calls";

    protected override TimeSpan? IntervalOf(string key, CallList? latest) => options.Value.IdlePoll;

    protected override Task PollAsync(string key, CancellationToken cancellation) => calls.RefreshAsync(cancellation);
}
