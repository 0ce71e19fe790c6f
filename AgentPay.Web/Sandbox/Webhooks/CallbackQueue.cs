using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Webhooks;

/// <summary>
/// Status callbacks, sent in the background: those of one line (a call, a payment) one after another, different lines side by side.
/// The injected faults lose, delay, repeat and reorder them here.
/// </summary>
public sealed class CallbackQueue(WebhookSender sender, FaultInjector faults, SandboxStats stats, TimeProvider clock) : IResettable, IDisposable
{
    /// <summary>How long a reordered callback waits to be overtaken.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Line> _lines = [];
    private CancellationTokenSource _running = new();
    private bool _disposed;

    /// <summary>Queues a callback. The task ends when it has been answered, given up on or lost; it never fails.</summary>
    /// <param name="line">What keeps the order: the SID of a call or of a payment.</param>
    /// <param name="answered">Told what came of each delivery.</param>
    public Task Post(string line, Webhook callback, Action<WebhookReply>? answered = null)
    {
        var settings = faults.Settings;
        if (faults.Happens(settings.CallbackLoss))
        {
            stats.CallbackFailed();
            return Task.CompletedTask;
        }
        var copies = faults.Happens(settings.CallbackDuplicate) ? 2 : 1;
        var notBefore = clock.GetUtcNow() + TimeSpan.FromMilliseconds(settings.CallbackDelayMs);
        lock (_lock)
        {
            var delivery = new Delivery(callback, copies, notBefore, answered);
            var queue = _lines.TryGetValue(line, out var known) ? known : _lines[line] = new();
            queue.Unsettled++;
            return faults.Happens(settings.CallbackReorder)
                ? HoldBackAsync(line, queue, delivery, _running.Token)
                : queue.Tail = DeliverNextAsync(line, queue, delivery, queue.Tail, _running.Token);
        }
    }

    /// <summary>Ends when everything queued for the line so far, in its order, has been dealt with.</summary>
    public Task FlushAsync(string line)
    {
        lock (_lock) return _lines.TryGetValue(line, out var queue) ? queue.Tail : Task.CompletedTask;
    }

    public void Reset()
    {
        lock (_lock)
        {
            _running.Cancel();
            _running.Dispose();
            _running = new();
            _lines.Clear();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed) return;
            _disposed = true;
            _running.Cancel();
            _running.Dispose();
        }
    }

    private async Task DeliverNextAsync(string line, Line queue, Delivery delivery, Task previous, CancellationToken running)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        await DeliverAsync(delivery, running);
        Settle(line, queue);
        queue.Overtake();
    }

    /// <summary>Out of order: sent once a later callback of the line has been, or when none comes for a while.</summary>
    private async Task HoldBackAsync(string line, Line queue, Delivery delivery, CancellationToken running)
    {
        var overtaken = queue.NextDelivery;
        await Task.WhenAny(overtaken, Task.Delay(LongestHold, clock, running)).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await DeliverAsync(delivery, running);
        Settle(line, queue);
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
            // Reset or shutdown: what was queued is dropped with everything else.
        }
    }

    private void Settle(string line, Line queue)
    {
        lock (_lock)
        {
            queue.Unsettled--;
            if (queue.Unsettled == 0 && _lines.TryGetValue(line, out var current) && current == queue) _lines.Remove(line);
        }
    }

    private sealed record Delivery(Webhook Callback, int Copies, DateTimeOffset NotBefore, Action<WebhookReply>? Answered);

    private sealed class Line
    {
        private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Tail { get; set; } = Task.CompletedTask;

        public int Unsettled { get; set; }

        public Task NextDelivery => _next.Task;

        public void Overtake() =>
            Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }
}
