namespace AgentPay.Web.Tests.Support;

/// <summary>
/// A clock that moves only when a test moves it. Timers fire on the thread that calls <see cref="Advance"/>, in the order they are due.
/// </summary>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(Func<TimeSpan, bool> Fits, TaskCompletionSource<TimeSpan> Started)> _awaited = [];
    private DateTimeOffset _now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private TimeSpan _set;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now + _set;
    }

    public override long GetTimestamp()
    {
        lock (_lock) return _now.Ticks;
    }

    /// <summary>Sets the clock, as somebody does who finds it wrong: no time passes.</summary>
    public void Set(TimeSpan by)
    {
        lock (_lock) _set += by;
    }

    public void Advance(TimeSpan by)
    {
        var until = new DateTimeOffset(GetTimestamp(), TimeSpan.Zero) + by;
        while (NextDue(until) is { } timer) timer.Fire();
        lock (_lock) _now = until;
    }

    /// <summary>
    /// Ends when a timer of exactly this length is running, so that advancing the clock will reach it. Fails after <see
    /// cref="TestLimit.Time"/>.
    /// </summary>
    public Task TimerAsync(TimeSpan length) => TimerAsync(running => running == length);

    /// <summary>Ends with the length of a running timer that fits, once there is one. Fails after <see cref="TestLimit.Time"/>.</summary>
    public Task<TimeSpan> TimerAsync(Func<TimeSpan, bool> fits, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            if (_timers.Find(t => fits(t.Length)) is { } running) return Task.FromResult(running.Length);
            var started = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((fits, started));
            return started.Task.WaitAsync(TestLimit.Time, cancellation);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Announce(TimeSpan length)
    {
        foreach (var (_, started) in _awaited.Where(a => a.Fits(length))) started.TrySetResult(length);
        _awaited.RemoveAll(a => a.Fits(length));
    }

    private ManualTimer? NextDue(DateTimeOffset until)
    {
        lock (_lock)
        {
            var timer = _timers.Where(t => t.Due <= until).MinBy(t => t.Due);
            if (timer is null) return null;
            if (timer.Due > _now) _now = timer.Due.Value;
            timer.Reschedule();
            return timer;
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? Due { get; private set; }

        public TimeSpan Length { get; private set; }

        public void Fire() => callback(state);

        public void Reschedule()
        {
            if (_period > TimeSpan.Zero) Due += _period;
            else Remove();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                _period = period;
                Remove();
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Length = dueTime;
                Due = clock._now + dueTime;
                clock._timers.Add(this);
                clock.Announce(dueTime);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._lock) Remove();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Remove()
        {
            Due = null;
            clock._timers.Remove(this);
        }
    }
}
