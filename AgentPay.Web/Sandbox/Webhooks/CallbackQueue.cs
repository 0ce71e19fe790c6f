using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Webhooks;

/// <summary>
/// Sends status callbacks in the background.
/// Callbacks with the same key (a call or a payment) are sent in order; different keys run in parallel.
/// The fault settings can lose, delay, duplicate and reorder callbacks here.
/// </summary>
public sealed class CallbackQueue(
    WebhookSender sender,
    FaultInjector faults,
    SandboxStats stats,
    TimeProvider clock) : IResettable, IDisposable
{
    // How long a reordered callback waits for a later one.
    private static readonly TimeSpan MaxHoldTime = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, KeyQueue> _queues = [];
    private CancellationTokenSource _running = new();
    private bool _disposed;

    /// <summary>Queues a callback. The task completes when it was answered, abandoned or lost. It never fails.</summary>
    /// <param name="key">The SID of the call or payment. Its callbacks are sent in order.</param>
    /// <param name="answered">Called with the result of each delivery.</param>
    public Task Post(string key, Webhook callback, Action<WebhookReply>? answered = null)
    {
        var settings = faults.Settings;
        if (faults.Happens(settings.CallbackLoss))
        {
            stats.CallbackFailed();
            return Task.CompletedTask;
        }
        var copies = faults.Happens(settings.CallbackDuplicate) ? 2 : 1;
        var notBefore = clock.GetUtcNow() + TimeSpan.FromMilliseconds(settings.CallbackDelayMs);
        var held = faults.Happens(settings.CallbackReorder);
        lock (_lock)
        {
            if (_disposed) return Task.CompletedTask;
            var delivery = new Delivery(callback, copies, notBefore, answered);
            var queue = _queues.TryGetValue(key, out var known) ? known : _queues[key] = new();
            queue.Pending++;
            return held
                ? HoldBackAsync(key, queue, delivery, _running.Token)
                : queue.Tail = DeliverNextAsync(key, queue, delivery, queue.Tail, _running.Token);
        }
    }

    /// <summary>Completes when all callbacks queued for the key so far have been processed.</summary>
    public Task FlushAsync(string key)
    {
        lock (_lock) return _queues.TryGetValue(key, out var queue) ? queue.Tail : Task.CompletedTask;
    }

    public void Reset() => Stop(disposing: false);

    // Called twice: the container registers this singleton under two service types.
    public void Dispose() => Stop(disposing: true);

    private void Stop(bool disposing)
    {
        CancellationTokenSource stopped;
        lock (_lock)
        {
            if (_disposed) return;
            stopped = _running;
            _running = new();
            _queues.Clear();
            _disposed = disposing;
        }
        stopped.Cancel();
        stopped.Dispose();
        if (disposing) _running.Dispose();
    }

    private async Task DeliverNextAsync(string key, KeyQueue queue, Delivery delivery, Task previous, CancellationToken running)
    {
        // This callback releases the ones that are held back at this moment, after it has been delivered.
        var overtaken = queue.TakeHeld();
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        await DeliverAsync(delivery, running);
        overtaken?.TrySetResult();
        Complete(key, queue);
    }

    // Reorders a callback: sends it after a later callback of the same key, or after a while if there is none.
    private async Task HoldBackAsync(string key, KeyQueue queue, Delivery delivery, CancellationToken running)
    {
        var overtaken = queue.Hold();
        await Task.WhenAny(overtaken, Task.Delay(MaxHoldTime, clock, running)).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await DeliverAsync(delivery, running);
        Complete(key, queue);
    }

    private async Task DeliverAsync(Delivery delivery, CancellationToken running)
    {
        var token = Guid.NewGuid().ToString();
        try
        {
            var wait = delivery.NotBefore - clock.GetUtcNow();
            if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, running);
            for (var copy = 0; copy < delivery.Copies; copy++)
            {
                var reply = await sender.SendAsync(delivery.Callback, token, running);
                delivery.Answered?.Invoke(reply);
            }
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            // Reset or shutdown: queued callbacks are dropped.
        }
    }

    private void Complete(string key, KeyQueue queue)
    {
        lock (_lock)
        {
            queue.Pending--;
            if (queue.Pending == 0 && _queues.TryGetValue(key, out var current) && current == queue) _queues.Remove(key);
        }
    }

    private sealed record Delivery(Webhook Callback, int Copies, DateTimeOffset NotBefore, Action<WebhookReply>? Answered);

    private sealed class KeyQueue
    {
        private TaskCompletionSource? _held;

        public Task Tail { get; set; } = Task.CompletedTask;

        public int Pending { get; set; }

        // Completes when the next callback that is queued has been delivered.
        public Task Hold() => (_held ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public TaskCompletionSource? TakeHeld()
        {
            var held = _held;
            _held = null;
            return held;
        }
    }
}
