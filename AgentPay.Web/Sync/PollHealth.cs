namespace AgentPay.Web.Sync;

// Publishes the FeedHealth of one FeedPoller.
internal sealed class PollHealth : IDisposable
{
    private readonly string _source;
    private readonly PollMonitor _monitor;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private FeedHealth _health = new(true, null, null);
    private DateTimeOffset? _lastGood;
    private string? _problem;
    private long? _unansweredSince;
    private TimeSpan _limit;

    public PollHealth(string source, PollMonitor monitor)
    {
        (_source, _monitor) = (source, monitor);
        _timer = monitor.Clock.CreateTimer(_ => CheckLimit(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        monitor.Healths.Publish(source, _health);
    }

    // The lag is the delay between the time when the poll was due and its start.
    public void Began(TimeSpan interval, TimeSpan lag)
    {
        _monitor.Metrics.PollBegan(_source, lag);
        lock (_lock)
        {
            if (_unansweredSince is not null) return;
            (_unansweredSince, _limit) = (_monitor.Clock.GetTimestamp(), interval * _monitor.DelayedAfter);
            _timer.Change(_limit, Timeout.InfiniteTimeSpan);
        }
    }

    public void Succeeded()
    {
        lock (_lock)
        {
            if (!_health.IsLive) _monitor.Log.PollRecovered(_source);
            _lastGood = _monitor.Clock.GetUtcNow();
            Reset();
        }
    }

    public void Failed(Exception failure)
    {
        _monitor.PollFailed();
        lock (_lock)
        {
            var (known, problem) = (_problem, SyncProblem.Describe(failure));
            _problem = problem;
            if (failure is not ServiceUnavailableException) _monitor.Log.PollBroken(_source, failure);
            else if (problem != known) _monitor.Log.PollFailed(_source, problem);
            if (!_health.IsLive) Publish(isLive: false, problem);
        }
    }

    // No key is polled any longer, so the screens are up to date.
    public void NothingPolled()
    {
        lock (_lock) Reset();
    }

    public void Dispose() => _timer.Dispose();

    private void Reset()
    {
        (_unansweredSince, _problem) = (null, null);
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Publish(isLive: true, problem: null);
    }

    private void CheckLimit()
    {
        lock (_lock)
        {
            // The timer may have fired just before a poll succeeded and another one began.
            if (_unansweredSince is { } since && _monitor.Clock.GetElapsedTime(since) >= _limit)
                Publish(isLive: false, _problem ?? "Twilio Sync is not responding");
        }
    }

    private void Publish(bool isLive, string? problem)
    {
        if (_health.IsLive == isLive && _health.Problem == problem) return;
        _health = new(isLive, _lastGood, problem);
        _monitor.Healths.Publish(_source, _health);
    }
}
