namespace AgentPay.Web.Sync;

/// <summary>Lets a number of holders in at once; of those who wait, the lowest rank first, and then who came first.</summary>
/// <param name="keptForFirst">How many of the places only rank 0 may take.</param>
internal sealed class PriorityGate(int atOnce, int keptForFirst = 0)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, (int Rank, long Number)> _waiting = new();
    private int _free = atOnce;
    private long _number;

    /// <summary>Dispose what it returns to leave again.</summary>
    public async Task<IDisposable> EnterAsync(int rank, CancellationToken cancellation)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue(turn, (rank, _number++));
            LetIn();
        }
        // Whoever completes the turn first decides: a place is never given to somebody who has given up, nor kept by him.
        await using var giveUp = cancellation.Register(() => turn.TrySetCanceled(cancellation));
        await turn.Task;
        return new Holder(this);
    }

    private void Leave()
    {
        lock (_lock)
        {
            _free++;
            LetIn();
        }
    }

    private void LetIn()
    {
        while (_waiting.TryPeek(out var next, out var place) && _free > (place.Rank == 0 ? 0 : keptForFirst))
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
