using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>All legs by SID, in order of creation. Above the limit, the oldest ended legs are removed.</summary>
public sealed class Legs : IResettable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Leg>> _bySid = new(StringComparer.Ordinal);
    private readonly LinkedList<Leg> _inOrder = [];
    private TaskCompletionSource _changed = NewSignal();

    // The limit.
    internal int MaxLegs { get; set; } = 5000;

    /// <summary>Changes at each reset and each start of the server, which remove all legs.</summary>
    public string Generation { get; private set; } = Guid.NewGuid().ToString();

    /// <summary>Completes at the next change of any leg. Read it before reading the legs, so that no change is missed.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    public IReadOnlyCollection<Leg> All
    {
        get { lock (_lock) return [.. _inOrder]; }
    }

    public Leg Add(Leg leg)
    {
        leg.Changed = SignalChange;
        lock (_lock)
        {
            _bySid[leg.Sid] = _inOrder.AddLast(leg);
            RemoveOldest();
        }
        SignalChange();
        return leg;
    }

    public Leg? Find(string sid)
    {
        lock (_lock) return _bySid.TryGetValue(sid, out var node) ? node.Value : null;
    }

    /// <summary>The legs that this leg dialled, oldest first.</summary>
    public IReadOnlyList<Leg> ChildrenOf(Leg parent) => [.. All.Where(l => l.ParentSid == parent.Sid)];

    public bool Remove(Leg leg)
    {
        lock (_lock)
        {
            if (!_bySid.Remove(leg.Sid, out var node)) return false;
            _inOrder.Remove(node);
            return true;
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _bySid.Clear();
            _inOrder.Clear();
            Generation = Guid.NewGuid().ToString();
        }
        SignalChange();
    }

    // Must not take the lock: a leg calls this while it holds its own lock, and other code takes the two locks in the opposite order.
    private void SignalChange() => Interlocked.Exchange(ref _changed, NewSignal()).SetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void RemoveOldest()
    {
        for (var node = _inOrder.First; node is not null && _bySid.Count > MaxLegs;)
        {
            var next = node.Next;
            if (node.Value.HasEnded) Remove(node.Value);
            node = next;
        }
    }
}
