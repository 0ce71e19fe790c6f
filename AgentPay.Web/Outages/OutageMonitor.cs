using AgentPay.Web.Sync;

namespace AgentPay.Web.Outages;

/// <summary>
/// Counts the failures in a row of each service. A service is failing after <see cref="Threshold"/> of them; for Twilio and Sync, the
/// first must be at least <see cref="ShortestOutage"/> ago, because many requests may fail at the same moment. The outage ends with
/// the first success, or <see cref="Memory"/> after the last failure.
/// </summary>
public sealed class OutageMonitor : IDisposable
{
    public const int Threshold = 3;

    public static readonly TimeSpan ShortestOutage = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(1);

    private readonly LiveFeed<string, OutageList> _feed;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly Dictionary<(Dependency Service, string Connector), Failures> _failures = [];
    private OutageList _latest = new(1, []);

    public OutageMonitor(LiveFeed<string, OutageList> feed, TimeProvider clock)
    {
        (_feed, _clock) = (feed, clock);
        _timer = clock.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _feed.Publish(OutageList.Key, _latest);
    }

    /// <summary>Reports that a request to the service succeeded or failed.</summary>
    /// <param name="connector">The pay connector of a gateway; empty for the other services.</param>
    public void Report(Dependency service, bool isWorking, string connector = "")
    {
        var key = (service, connector);
        lock (_lock)
        {
            if (isWorking)
            {
                if (_failures.Remove(key)) Publish();
                return;
            }
            var now = _clock.GetUtcNow();
            var known = _failures.GetValueOrDefault(key, new(0, now, now));
            _failures[key] = known with { Count = known.Count + 1, Last = now };
            if (known.Count == 0) _timer.Change(CheckInterval, CheckInterval);
            Publish();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Expire()
    {
        lock (_lock)
        {
            foreach (var (key, failures) in _failures)
                if (_clock.GetUtcNow() - failures.Last >= Memory) _failures.Remove(key);
            if (_failures.Count == 0) _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Publish();
        }
    }

    private void Publish()
    {
        var outages = _failures.Where(entry => IsOutage(entry.Key.Service, entry.Value))
            .Select(entry => new Outage(entry.Key.Service, entry.Key.Connector, entry.Value.First))
            .OrderBy(outage => outage.Service).ThenBy(outage => outage.Connector, StringComparer.Ordinal)
            .ToList();
        if (outages.SequenceEqual(_latest.All)) return;
        _latest = new(_latest.Version + 1, outages);
        _feed.Publish(OutageList.Key, _latest);
    }

    private static bool IsOutage(Dependency service, Failures failures) => failures.Count >= Threshold
        && (service == Dependency.Gateway || failures.Last - failures.First >= ShortestOutage);

    private readonly record struct Failures(int Count, DateTimeOffset First, DateTimeOffset Last);
}
