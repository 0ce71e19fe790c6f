using System.Net;
using AgentPay.Web.TwilioApi;

namespace AgentPay.Web.Sync;

/// <summary>What a piece of work is about. Under one key, one piece of work runs at a time.</summary>
public readonly record struct OutboxKey(string Kind, string Id);

/// <summary>Work that follows from a change. It may run more than once, so it must be safe to repeat.</summary>
/// <param name="RunAsync">Throws when it has to be run again.</param>
public sealed record OutboxWork(Func<CancellationToken, Task> RunAsync)
{
    /// <summary>For the log. Holds SIDs and ids of payments, never a UUI.</summary>
    public required string Name { get; init; }

    /// <summary>How long it is retried.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>The least time between two runs under the key.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>Called when the work has failed and is not retried.</summary>
    public Action? GivenUp { get; init; }
}

/// <summary>
/// Runs what follows from a change: at once, in the order of queueing per key, and again with jittered waits while it fails. Bounded in
/// memory. When the host stops, all work is tried once more.
/// </summary>
public sealed class Outbox(TimeProvider clock, ILogger<Outbox> log) : IHostedService, IDisposable
{
    /// <summary>Keys with work at the same time. Beyond it, new work is refused.</summary>
    internal const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<OutboxKey, OutboxEntry> _entries = [];
    private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>How many keys of a kind have work that is not done yet.</summary>
    public int Count(string kind)
    {
        lock (_lock) return _entries.Keys.Count(key => key.Kind == kind);
    }

    /// <summary>
    /// Runs the work as soon as the work under the same key has ended. Work that waits for its next try is replaced and tried at once.
    /// </summary>
    /// <returns>False when the outbox is full.</returns>
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
            if (_entries.Count < Capacity) _entries[key] = entry = new(work, clock.GetUtcNow());
        }
        if (entry is null) log.OutboxFull(work.Name, Capacity);
        else _ = RunAsync(key, entry);
        return entry is not null;
    }

    /// <summary>As <see cref="Enqueue"/>, unless there is work under the key already.</summary>
    public void EnqueueOnce(OutboxKey key, OutboxWork work)
    {
        lock (_lock)
        {
            if (!_entries.ContainsKey(key)) Enqueue(key, work);
        }
    }

    /// <summary>Ends when the work under the key is done or has failed once more; at once when there is none.</summary>
    public Task WhenTriedAsync(OutboxKey key)
    {
        lock (_lock) return _entries.GetValueOrDefault(key)?.Tried ?? Task.CompletedTask;
    }

    /// <summary>Ends when no try is under way under the key.</summary>
    public Task WhenIdleAsync(OutboxKey key)
    {
        lock (_lock) return _entries.GetValueOrDefault(key)?.Running ?? Task.CompletedTask;
    }

    /// <summary>Ends when no work of the kind is left.</summary>
    public async Task WhenDoneAsync(string kind)
    {
        while (Select(key => key.Kind == kind) is { Length: > 0 } left) await Task.WhenAll(left.Select(entry => entry.Ended));
    }

    /// <summary>Tries everything of the kind that waits, and ends when each piece of work is done or has failed once more.</summary>
    public Task RetryAsync(string kind)
    {
        var entries = Select(key => key.Kind == kind);
        var tried = entries.Select(entry => entry.Tried).ToList();
        foreach (var entry in entries) entry.Wake();
        return Task.WhenAll(tried);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Tries everything once more, and what is queued meanwhile, until the shutdown timeout.</summary>
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

    private OutboxEntry[] Select(Func<OutboxKey, bool> fits)
    {
        lock (_lock) return [.. _entries.Where(entry => fits(entry.Key)).Select(entry => entry.Value)];
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

    /// <summary>True when nothing is left to do: the work has succeeded, or is not retried.</summary>
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

/// <summary>The work under one key. <see cref="Outbox"/> locks where the state changes.</summary>
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

    /// <summary>Ends with the try that is under way.</summary>
    public Task Running => _running.Task;

    /// <summary>More work has been queued since the try that runs has begun.</summary>
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

    /// <returns>Whether the work has to be run again.</returns>
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
