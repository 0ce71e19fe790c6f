namespace AgentPay.Web.Sync;

// The writes of one object: a semaphore whose slots become free ten seconds after Sync has answered.
internal sealed class ObjectBudget(int limit, TimeProvider clock)
{
    // Only results of payments may use the rest.
    private const double ShareOfOthers = 0.9;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly Lock _lock = new();
    private readonly AdaptiveLimit _limit = new(limit, clock);

    // By urgency.
    private readonly LinkedList<TaskCompletionSource>[] _waiting = [new(), new(), new()];

    // When the requests of the last ten seconds were answered, oldest first.
    private readonly Queue<long> _answered = new();
    private int _running;
    private ITimer? _timer;

    public SyncBudgetState State
    {
        get
        {
            lock (_lock)
            {
                RemoveOld();
                return new(_limit.Current, Used, _waiting.Sum(writes => writes.Count));
            }
        }
    }

    private int Used => _answered.Count + _running;

    public async Task<SyncBudgetUse> EnterAsync(SyncUrgency urgency, CancellationToken cancellation)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource> place;
        lock (_lock)
        {
            place = _waiting[(int)urgency].AddLast(entered);
            AdmitWaiting();
        }
        await using var cancelled = cancellation.Register(() => Leave(place, cancellation));
        await entered.Task;
        return new(this);
    }

    // A request counts until ten seconds after its answer: Sync may have counted it at any time until then. Twilio does not say whether
    // refused requests count, so they do here.
    public void Exit(int requests, bool isThrottled)
    {
        lock (_lock)
        {
            _running--;
            var now = clock.GetTimestamp();
            for (var request = 0; request < requests; request++) _answered.Enqueue(now);
            _limit.Answered(isThrottled);
            AdmitWaiting();
        }
    }

    private void Leave(LinkedListNode<TaskCompletionSource> place, CancellationToken cancellation)
    {
        lock (_lock)
        {
            // Without a list, the write has been admitted meanwhile.
            if (place.List is not { } list) return;
            list.Remove(place);
            place.Value.TrySetCanceled(cancellation);
        }
    }

    private void AdmitWaiting()
    {
        RemoveOld();
        var limit = _limit.Current;
        for (var urgency = 0; urgency < _waiting.Length; urgency++)
        {
            var most = urgency == (int)SyncUrgency.Final ? limit : limit * ShareOfOthers;
            while (Used < most && _waiting[urgency].First is { } first)
            {
                _waiting[urgency].RemoveFirst();
                _running++;
                first.Value.SetResult();
            }
        }
        if (_waiting.Any(writes => writes.Count > 0) && _answered.TryPeek(out var oldest))
            WakeAfter(SyncBudget.Window - clock.GetElapsedTime(oldest));
    }

    private void WakeAfter(TimeSpan wait)
    {
        _timer ??= clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(wait > ShortestWait ? wait : ShortestWait, Timeout.InfiniteTimeSpan);
    }

    private void Wake()
    {
        lock (_lock) AdmitWaiting();
    }

    private void RemoveOld()
    {
        while (_answered.TryPeek(out var oldest) && clock.GetElapsedTime(oldest) >= SyncBudget.Window) _answered.Dequeue();
    }
}

// A write that was admitted.
internal sealed class SyncBudgetUse(ObjectBudget budget) : IDisposable
{
    private int _requests = 1;
    private bool _isThrottled;

    // Counts another request of the same write: it is sent without waiting.
    public void AddRequest() => _requests++;

    public void Throttled() => _isThrottled = true;

    public void Dispose() => budget.Exit(_requests, _isThrottled);
}
