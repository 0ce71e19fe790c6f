namespace AgentPay.Web.Sync;

// A semaphore with priorities. Waiters enter by rank, lowest first, and then in order of arrival. Only rank 0 may use the reserved slots.
internal sealed class PriorityGate(int slots, int reserved = 0)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, (int Rank, long Number)> _waiting = new();
    private int _free = slots;
    private long _number;

    // Waits for a slot. Disposing of the result releases it.
    public async Task<IDisposable> EnterAsync(int rank, CancellationToken cancellation)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue(entered, (rank, _number++));
            AdmitWaiting();
        }
        // Cancellation and AdmitWaiting race to complete this task, and only one can succeed. So a cancelled waiter never holds a slot.
        await using var cancelled = cancellation.Register(() => entered.TrySetCanceled(cancellation));
        await entered.Task;
        return new Holder(this);
    }

    private void Leave()
    {
        lock (_lock)
        {
            _free++;
            AdmitWaiting();
        }
    }

    private void AdmitWaiting()
    {
        while (_waiting.TryPeek(out var next, out var priority) && _free > (priority.Rank == 0 ? 0 : reserved))
        {
            _waiting.Dequeue();
            if (next.TrySetResult()) _free--;
        }
    }

    private sealed class Holder(PriorityGate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) gate.Leave();
        }
    }
}
