namespace AgentPay.Web.Sync;

/// <summary>
/// The state of one source: what is due when, how long Sync is left alone after failures, and whether the screens are up to date.
/// Not thread-safe: <see cref="SyncPoller"/> locks. Times count from the poller's start.
/// </summary>
internal sealed class PollLane
{
    private const int SilentIntervals = 3;

    private readonly int _delayedAfter;
    private readonly LiveFeed<string, FeedHealth> _healths;
    private readonly ILogger _log;
    private readonly Dictionary<object, PollKey> _keys = [];
    private FeedHealth _health = new(true, null, null);
    private string? _problem;
    private int _failures;
    private TimeSpan _notBefore;
    private TimeSpan? _failedAt;
    private TimeSpan? _goodAt;
    private DateTimeOffset? _goodUtc;
    private TimeSpan? _unansweredSince;
    private TimeSpan? _shortestInterval;

    public PollLane(PollSource source, int delayedAfter, LiveFeed<string, FeedHealth> healths, ILogger log)
    {
        (Source, _delayedAfter, _healths, _log) = (source, delayedAfter, healths, log);
        healths.Publish(source.Name, _health);
    }

    public PollSource Source { get; }

    public IEnumerable<Task> Running => _keys.Values.Select(k => k.Running).OfType<Task>();

    /// <summary>When it has to be looked at again, unless something happens before; null when there is nothing to look at.</summary>
    public TimeSpan? Next => Earlier(NextKey is { } key ? DueOf(key) : null, SilentAt);

    /// <summary>The key that is due first. While Sync fails, one poll at a time is enough to find out whether it still does.</summary>
    public PollKey? NextKey => _failures > 0 && Running.Any() ? null : _keys.Values.Where(k => k.Due is not null).MinBy(k => k.Due);

    /// <summary>When the silence has lasted too long; null when it has been noticed already, or none is.</summary>
    public TimeSpan? SilentAt => _health.IsLive ? _unansweredSince + (SilentIntervals * _shortestInterval) : null;

    public TimeSpan DueOf(PollKey key) => key.Due > _notBefore ? key.Due.Value : _notBefore;

    /// <summary>Takes over who watches what.</summary>
    public void Refresh(TimeSpan now)
    {
        var wanted = new Dictionary<object, TimeSpan>(Source.Wanted());
        foreach (var key in _keys.Values.Where(k => !wanted.ContainsKey(k.Key)).ToList())
        {
            key.Interval = null;
            if (key.Running is null) _keys.Remove(key.Key);
        }
        foreach (var (key, interval) in wanted)
        {
            if (!_keys.TryGetValue(key, out var known)) _keys.Add(key, known = new(key, now));
            known.Interval = interval;
        }
        _shortestInterval = wanted.Count == 0 ? null : wanted.Values.Min();
        if (wanted.Count == 0) Rest();
        if (SilentAt <= now) Publish(false, _problem ?? "Twilio Sync does not answer");
    }

    public void Began(PollKey key, TimeSpan now)
    {
        key.Began = now;
        _unansweredSince ??= now;
    }

    public void Ended(PollKey key, Exception? fault, TimeSpan now, DateTimeOffset utc)
    {
        key.Running = null;
        if (fault is null) Succeeded(key, now, utc);
        else Failed(key, fault, now);
    }

    /// <summary>Nothing that is shown can change, and so nothing is old. Whoever comes next finds out anew whether Sync answers.</summary>
    private void Rest()
    {
        (_failures, _notBefore, _problem, _unansweredSince) = (0, TimeSpan.Zero, null, null);
        Publish(true, null);
    }

    private void Succeeded(PollKey key, TimeSpan now, DateTimeOffset utc)
    {
        if (!_health.IsLive) _log.PollRecovered(Source.Name);
        (key.Failures, _failures, _notBefore, _problem) = (0, 0, TimeSpan.Zero, null);
        (_goodAt, _goodUtc, _unansweredSince) = (now, utc, null);
        Publish(true, null);
    }

    private void Failed(PollKey key, Exception fault, TimeSpan now)
    {
        _problem = SyncProblem.InWords(fault);
        var isOfTheWorld = SyncProblem.IsOfTheWorld(fault);
        if (!isOfTheWorld) _log.PollBroken(Source.Name, fault);
        // Where others do well meanwhile, or the fault is ours, the others must not wait for this one.
        if (!isOfTheWorld || _goodAt >= key.Began) key.NotBefore = now + Backoff.After(++key.Failures);
        // What was under way together has failed together: once is enough.
        else if (!(key.Began <= _failedAt)) SourceFailed(_problem, now);
    }

    private void SourceFailed(string problem, TimeSpan now)
    {
        _failedAt = now;
        _notBefore = now + Backoff.After(++_failures);
        _log.PollFailed(Source.Name, _failures, problem);
        if (_failures >= _delayedAfter || !_health.IsLive) Publish(false, problem);
    }

    private void Publish(bool isLive, string? problem)
    {
        if (_health.IsLive == isLive && _health.Problem == problem) return;
        _health = new(isLive, _goodUtc, problem);
        _healths.Publish(Source.Name, _health);
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one < other || other is null ? one : other;
}
