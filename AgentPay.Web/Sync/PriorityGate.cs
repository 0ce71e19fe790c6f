namespace AgentPay.Web.Sync;

/// <summary>Lets a number of holders in at once; of those who wait, the lowest rank first, and then who came first.</summary>
internal sealed class PriorityGate(int atOnce)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, (int Rank, long Number)> _waiting = new();
    private int _free = atOnce;
    private long _number;

    /// <summary>Dispose what it returns to leave again.</summary>
    public async Task<IDisposable> EnterAsync(int rank, CancellationToken cancellation)
    {
        var turn = Queue(rank);
        await using var giveUp = cancellation.Register(() => turn.TrySetCanceled(cancellation));
        await turn.Task;
        return new Holder(this);
    }

    private TaskCompletionSource Queue(int rank)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                turn.SetResult();
            }
            else
            {
                _waiting.Enqueue(turn, (rank, _number++));
            }
        }
        return turn;
    }

    private void Leave()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var next, out _))
            {
                if (next.TrySetResult()) return;
            }
            _free++;
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
