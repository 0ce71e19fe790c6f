namespace AgentPay.Web.Payments;

/// <summary>One turn at a time for each payment, on this instance. Between instances, Sync's revisions decide.</summary>
public sealed class PaymentTurns
{
    private readonly Dictionary<PaymentId, Queue> _queues = [];

    /// <summary>Dispose what it returns to let the next one in.</summary>
    public async Task<IDisposable> EnterAsync(PaymentId payment, CancellationToken cancellation)
    {
        var queue = Join(payment);
        try
        {
            await queue.Gate.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            Leave(payment, queue);
            throw;
        }
        return new Turn(this, payment, queue);
    }

    private Queue Join(PaymentId payment)
    {
        lock (_queues)
        {
            var queue = _queues.TryGetValue(payment, out var known) ? known : _queues[payment] = new();
            queue.People++;
            return queue;
        }
    }

    private void Leave(PaymentId payment, Queue queue)
    {
        lock (_queues)
        {
            if (--queue.People > 0) return;
            _queues.Remove(payment);
            queue.Gate.Dispose();
        }
    }

    private sealed class Queue
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public int People { get; set; }
    }

    private sealed class Turn(PaymentTurns turns, PaymentId payment, Queue queue) : IDisposable
    {
        public void Dispose()
        {
            queue.Gate.Release();
            turns.Leave(payment, queue);
        }
    }
}
