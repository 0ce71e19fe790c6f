using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>Reports the state of polling to screens (<see cref="FeedHealth"/>), metrics and the log.</summary>
public sealed class PollMonitor(
    LiveFeed<string, FeedHealth> healths, SyncMetrics metrics, IOptions<SyncOptions> options, TimeProvider clock, ILogger<PollMonitor> log)
{
    /// <summary>Raised when a poll has failed.</summary>
    public event Action? Failed;

    internal LiveFeed<string, FeedHealth> Healths => healths;

    internal SyncMetrics Metrics => metrics;

    internal TimeProvider Clock => clock;

    internal ILogger Log => log;

    // The number of intervals without a successful poll after which screens show "Updates delayed".
    internal int DelayedAfter => options.Value.DelayedAfter;

    internal void PollFailed() => Failed?.Invoke();

    internal PollHealth Add(string source, Func<int> readers)
    {
        metrics.ObserveReaders(source, readers);
        return new(source, this);
    }
}
