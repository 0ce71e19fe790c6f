using System.Threading.Channels;
using AgentPay.Web.Calls;
using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Calls;

/// <summary>
/// A manual clock that tells of the timers that are set on it, so that a test can let time pass until something has happened.
/// </summary>
public sealed class SteppedClock : TimeProvider
{
    /// <summary>Of one request to Twilio, of one write to Sync with all its tries, and the waits of the deletion of old history.</summary>
    private static readonly TimeSpan[] Limits =
    [
        TimeSpan.FromSeconds(10), Timeouts.SyncWrite, Timeouts.LegLookup, HistoryRetention.FirstWait, HistoryRetention.Interval,
    ];

    private readonly ManualClock _clock = new();
    private readonly Channel<TimeSpan> _set = Channel.CreateUnbounded<TimeSpan>();

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override long GetTimestamp() => _clock.GetTimestamp();

    public void Advance(TimeSpan by) => _clock.Advance(by);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteppedTimer(this, _clock.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on to each timer that is set, other than time limits, until the task has ended.</summary>
    public async Task<T> UntilAsync<T>(Task<T> task)
    {
        using var limit = new CancellationTokenSource(TestLimit.Time);
        while (!task.IsCompleted)
        {
            await await Task.WhenAny(task, _set.Reader.WaitToReadAsync(limit.Token).AsTask());
            while (!task.IsCompleted && _set.Reader.TryRead(out var due)) if (!Limits.Contains(due)) Advance(due);
        }
        return await task;
    }

    /// <summary>Waits until a timer of just this length is set.</summary>
    public async Task WhenSetAsync(TimeSpan due)
    {
        using var limit = new CancellationTokenSource(TestLimit.Time);
        while (await _set.Reader.ReadAsync(limit.Token) != due)
        {
        }
    }

    private sealed class SteppedTimer(SteppedClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            if (dueTime != Timeout.InfiniteTimeSpan) clock._set.Writer.TryWrite(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
