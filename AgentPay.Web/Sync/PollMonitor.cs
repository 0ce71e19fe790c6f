using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>Reports how polling goes: as <see cref="FeedHealth"/> for screens, as metrics, and in the log.</summary>
public sealed class PollMonitor(
    LiveFeed<string, FeedHealth> healths, SyncMetrics metrics, IOptions<SyncOptions> options, TimeProvider clock, ILogger<PollMonitor> log)
{
    internal LiveFeed<string, FeedHealth> Healths => healths;

    internal SyncMetrics Metrics => metrics;

    internal TimeProvider Clock => clock;

    internal ILogger Log => log;

    /// <summary>After how many intervals without a good poll screens say that updates are delayed.</summary>
    internal int DelayedAfter => options.Value.DelayedAfter;

    internal PollHealth Add(string source, Func<int> readers)
    {
        metrics.ObserveReaders(source, readers);
        return new(source, this);
    }
}
