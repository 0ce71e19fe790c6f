using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sync;

/// <summary>A manual clock that records the timers set through it, so that a test knows when to advance it and how far.</summary>
public sealed class WatchedClock(ManualClock clock) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<WatchedTimer> _armed = [];
    private readonly List<(Func<TimeSpan, bool> Fits, TaskCompletionSource<TimeSpan> Found)> _waiting = [];

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public void Advance(TimeSpan by) => clock.Advance(by);

    /// <summary>Waits until a timer is running whose length fits, and returns how much of it is left.</summary>
    public Task<TimeSpan> ArmedAsync(Func<TimeSpan, bool> fits)
    {
        lock (_lock)
        {
            if (_armed.Where(t => fits(t.Length)).MinBy(t => t.Due) is { } timer) return Task.FromResult(timer.Due - GetUtcNow());
            var found = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((fits, found));
            return found.Task.WaitAsync(TestLimit.Time);
        }
    }

    /// <summary>Waits until a timer of exactly this length is running, and moves the clock to its end.</summary>
    public async Task ReachAsync(TimeSpan length) => Advance(await ArmedAsync(length.Equals));

    /// <summary>
    /// Moves the clock from timer to timer, but only while there is a wait, and not a limit of time alone, until the work is done.
    /// </summary>
    public async Task<T> DriveAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            var wait = ArmedAsync(length => length < TimeSpan.FromSeconds(4.99));
            if (await Task.WhenAny(work, wait) == wait) Advance(await ArmedAsync(_ => true));
        }
        return await work;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this);
        timer.Inner = clock.CreateTimer(_ => timer.Fire(callback, state, period), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Arm(WatchedTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _armed.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan) return;
            (timer.Length, timer.Due) = (dueTime, GetUtcNow() + dueTime);
            _armed.Add(timer);
            foreach (var (_, found) in _waiting.Where(w => w.Fits(dueTime))) found.TrySetResult(dueTime);
            _waiting.RemoveAll(w => w.Found.Task.IsCompleted);
        }
    }

    private sealed class WatchedTimer(WatchedClock clock) : ITimer
    {
        public ITimer Inner { get; set; } = null!;

        public TimeSpan Length { get; set; }

        public DateTimeOffset Due { get; set; }

        public void Fire(TimerCallback callback, object? state, TimeSpan period)
        {
            clock.Arm(this, Timeout.InfiniteTimeSpan);
            if (period > TimeSpan.Zero) Change(period, period);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = Inner.Change(dueTime, Timeout.InfiniteTimeSpan);
            clock.Arm(this, dueTime);
            return changed;
        }

        public void Dispose()
        {
            clock.Arm(this, Timeout.InfiniteTimeSpan);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
