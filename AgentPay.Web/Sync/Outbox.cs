using System.Net;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>Identifies work in the outbox. Work with the same key never runs concurrently.</summary>
public readonly record struct OutboxKey(string Kind, string Id);

/// <summary>Work that a change requires. It may run more than once, so it must be idempotent.</summary>
/// <param name="RunAsync">Runs the work. Throws to be retried.</param>
public sealed record OutboxWork(Func<CancellationToken, Task> RunAsync)
{
    /// <summary>Name for the log. Contains SIDs and payment ids, never a UUI.</summary>
    public required string Name { get; init; }

    /// <summary>How long failed work is retried.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>The work is refused when the outbox has this number of entries.</summary>
    public int MaxQueued { get; init; } = Outbox.Capacity;

    /// <summary>Minimum time between two runs with the same key.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>Called when the work has failed and will not be retried.</summary>
    public Action? GivenUp { get; init; }
}

/// <summary>
/// Runs queued work in the background: in order for each key, and with retries and jittered backoff after failures. The queue is in
/// memory and has a maximum size. When the host stops, all remaining work is tried once more.
/// </summary>
public sealed class Outbox(TimeProvider clock, ILogger<Outbox> log) : IHostedService, IDisposable
{
    // The maximum number of keys with work. Work for further keys is refused.
    internal const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<OutboxKey, OutboxEntry> _entries = [];
    private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Returns the number of keys of a kind with unfinished work.</summary>
    public int Count(string kind)
    {
        lock (_lock) return _entries.Keys.Count(key => key.Kind == kind);
    }

    /// <summary>Returns the number of keys with unfinished work by their kind.</summary>
    public IReadOnlyDictionary<string, int> CountByKind()
    {
        lock (_lock) return _entries.Keys.CountBy(key => key.Kind).ToDictionary();
    }

    /// <summary>
    /// Queues the work. It starts at once, or when the running work with the same key has ended. Work with the same key that waits for a
    /// retry is replaced. Returns false when the outbox is full.
    /// </summary>
    public bool Enqueue(OutboxKey key, OutboxWork work)
    {
        OutboxEntry? entry;
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out entry))
            {
                entry.Replace(work);
                return true;
            }
            if (_entries.Count < work.MaxQueued) _entries[key] = entry = new(work, clock.GetUtcNow());
        }
        if (entry is null) log.OutboxFull(work.Name, work.MaxQueued);
        else _ = RunAsync(key, entry);
        return entry is not null;
    }

    /// <summary>Queues the work unless the outbox has work with this key.</summary>
    public void EnqueueOnce(OutboxKey key, OutboxWork work)
    {
        lock (_lock)
        {
            if (!_entries.ContainsKey(key)) Enqueue(key, work);
        }
    }

    /// <summary>Completes when the work with this key has succeeded or failed once more, or when there is none.</summary>
    public Task WhenTriedAsync(OutboxKey key)
    {
        lock (_lock) return _entries.GetValueOrDefault(key)?.Tried ?? Task.CompletedTask;
    }

    /// <summary>Completes when no work with this key is running.</summary>
    public Task WhenIdleAsync(OutboxKey key)
    {
        lock (_lock) return _entries.GetValueOrDefault(key)?.Running ?? Task.CompletedTask;
    }

    /// <summary>Completes when all work of the kind has ended.</summary>
    public async Task WhenDoneAsync(string kind)
    {
        while (Select(key => key.Kind == kind) is { Length: > 0 } left) await Task.WhenAll(left.Select(entry => entry.Ended));
    }

    /// <summary>Retries all work of the kind at once. Completes when each item has succeeded or failed once more.</summary>
    public Task RetryAsync(string kind)
    {
        var entries = Select(key => key.Kind == kind);
        var tried = entries.Select(entry => entry.Tried).ToList();
        foreach (var entry in entries) entry.Wake();
        return Task.WhenAll(tried);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Tries all work once more, including work that is queued meanwhile, until the shutdown timeout.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping.TrySetResult();
        while (!cancellationToken.IsCancellationRequested && Select(_ => true) is { Length: > 0 } left)
        {
            var ended = Task.WhenAll(left.Select(entry => entry.Ended));
            await ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await _abandoned.CancelAsync();
    }

    public void Dispose()
    {
        _stopping.TrySetResult();
        _abandoned.Cancel();
    }

    private OutboxEntry[] Select(Func<OutboxKey, bool> matches)
    {
        lock (_lock) return [.. _entries.Where(entry => matches(entry.Key)).Select(entry => entry.Value)];
    }

    private async Task RunAsync(OutboxKey key, OutboxEntry entry)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        for (var failures = 0; ;)
        {
            OutboxWork work;
            lock (_lock) work = entry.Begin();
            var isLast = _stopping.Task.IsCompleted;
            var isDone = await TryAsync(work, entry.Since, failures, isLast);
            entry.End();
            if (isDone && !isLast && work.Pace > TimeSpan.Zero) await Task.WhenAny(Task.Delay(work.Pace, clock), _stopping.Task);
            lock (_lock)
            {
                if (isDone && !entry.IsReplaced) _entries.Remove(key);
                if (!entry.Finish(isDone)) return;
            }
            failures = isDone ? 0 : failures + 1;
            if (!isDone) await WaitAsync(entry, failures);
        }
    }

    // Returns true when the work has succeeded or will not be retried.
    private async Task<bool> TryAsync(OutboxWork work, DateTimeOffset since, int failures, bool isLast)
    {
        try
        {
            await work.RunAsync(_abandoned.Token);
            return true;
        }
        catch (Exception failure)
        {
            if (!isLast && !_abandoned.IsCancellationRequested && clock.GetUtcNow() - since < work.Lifetime && CanSucceed(failure))
            {
                log.WorkFailed(work.Name, failures + 1, failure.Message);
                return false;
            }
            log.WorkGivenUp(work.Name, failure.Message);
            work.GivenUp?.Invoke();
            return true;
        }
    }

    private async Task WaitAsync(OutboxEntry entry, int failures)
    {
        using var waited = new CancellationTokenSource();
        var wait = Task.Delay(Backoff.After(failures), clock, waited.Token);
        await Task.WhenAny(wait, entry.Woken, _stopping.Task);
        await waited.CancelAsync();
    }

    private static bool CanSucceed(Exception failure) =>
        failure is not TwilioException { Status: HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge };
}

// The work with one key. Outbox holds its lock while it changes the state.
internal sealed class OutboxEntry(OutboxWork work, DateTimeOffset since)
{
    private readonly TaskCompletionSource _ended = New();
    private TaskCompletionSource _tried = New();
    private TaskCompletionSource _woken = New();
    private TaskCompletionSource _running = New();
    private OutboxWork _work = work;

    public DateTimeOffset Since => since;

    public Task Tried => _tried.Task;

    public Task Ended => _ended.Task;

    public Task Woken => _woken.Task;

    // Completes when the current attempt ends.
    public Task Running => _running.Task;

    // True when the work was replaced after the current attempt began.
    public bool IsReplaced { get; private set; }

    public void Replace(OutboxWork work)
    {
        (_work, IsReplaced) = (work, true);
        Wake();
    }

    public void Wake() => _woken.TrySetResult();

    public OutboxWork Begin()
    {
        (_woken, IsReplaced) = (New(), false);
        if (_running.Task.IsCompleted) _running = New();
        return _work;
    }

    public void End() => _running.TrySetResult();

    // Returns true if the work must run again.
    public bool Finish(bool isDone)
    {
        if (isDone && IsReplaced) return true;
        _tried.TrySetResult();
        if (isDone) _ended.TrySetResult();
        else _tried = New();
        return !isDone;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
