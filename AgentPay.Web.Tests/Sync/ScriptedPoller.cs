using System.Collections.Concurrent;
using System.Threading.Channels;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sync;

public sealed record Reading(int Number);

/// <summary>One poll that has begun. The test ends it.</summary>
public sealed record BegunPoll(string Key, DateTimeOffset At, TaskCompletionSource Result, CancellationToken Cancellation)
{
    public void Succeed() => Result.SetResult();

    public void Fail(Exception fault) => Result.SetException(fault);
}

/// <summary>A poller whose polls the test sees begin, and ends. Every key is polled each second, unless the test says otherwise.</summary>
public sealed class ScriptedPoller(LiveFeed<string, Reading> feed, PollMonitor monitor, TimeProvider clock)
    : FeedPoller<string, Reading>(Name, feed, monitor, clock)
{
    public const string Name = "readings";

    private readonly TimeProvider _clock = clock;
    private readonly Channel<BegunPoll> _begun = Channel.CreateUnbounded<BegunPoll>();

    /// <summary>Null = not at all.</summary>
    public ConcurrentDictionary<string, TimeSpan?> Intervals { get; } = new();

    /// <summary>What asking for an interval throws; null when it answers.</summary>
    public Exception? Bug { get; set; }

    public bool HasUnseen => _begun.Reader.Count > 0;

    public async Task<BegunPoll> NextAsync() => await _begun.Reader.ReadAsync().AsTask().WaitAsync(TestLimit.Time);

    protected override TimeSpan? IntervalOf(string key, Reading? latest) =>
        Bug is { } bug ? throw bug : Intervals.TryGetValue(key, out var interval) ? interval : TimeSpan.FromSeconds(1);

    protected override Task PollAsync(string key, CancellationToken cancellation)
    {
        var result = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _begun.Writer.TryWrite(new(key, _clock.GetUtcNow(), result, cancellation));
        return result.Task;
    }
}
