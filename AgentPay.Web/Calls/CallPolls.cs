using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Calls;

/// <summary>Reads the call list from Sync while somebody looks at it.</summary>
internal sealed class CallPolls(LiveFeed<string, CallList> feed, CallDirectory calls, IOptions<SyncOptions> options) : PollSource<string, CallList>(feed)
{
    /// <summary>The key of its <see cref="FeedHealth"/>.</summary>
    public const string SourceName = "calls";

    public override string Name => SourceName;

    protected override TimeSpan? IntervalOf(string key, CallList? latest) => options.Value.IdlePoll;

    protected override Task PollAsync(string key, CancellationToken cancellation) => calls.RefreshAsync(cancellation);
}
