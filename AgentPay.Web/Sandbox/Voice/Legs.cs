using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>All legs by their SID, in the order they were made. Beyond some thousands, those that ended are forgotten, oldest first.</summary>
public sealed class Legs : IResettable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Leg>> _bySid = new(StringComparer.Ordinal);
    private readonly LinkedList<Leg> _inOrder = [];
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>How many are kept.</summary>
    internal int Most { get; set; } = 5000;

    /// <summary>Another one after each reset, and each start of the server: legs of before are gone.</summary>
    public string Generation { get; private set; } = Guid.NewGuid().ToString();

    /// <summary>Ends when a leg is next made or changed. To be taken before the legs are looked at, so that nothing is missed.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Oldest first.</summary>
    public IReadOnlyCollection<Leg> All
    {
        get { lock (_lock) return [.. _inOrder]; }
    }

    public Leg Add(Leg leg)
    {
        leg.Changed = Tell;
        lock (_lock)
        {
            _bySid[leg.Sid] = _inOrder.AddLast(leg);
            ForgetOldest();
        }
        Tell();
        return leg;
    }

    public Leg? Find(string sid)
    {
        lock (_lock) return _bySid.TryGetValue(sid, out var node) ? node.Value : null;
    }

    /// <summary>The legs that this one dialled, oldest first.</summary>
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
        Tell();
    }

    /// <summary>Without the lock: legs tell of themselves while they hold their own, which is taken inside of this one elsewhere.</summary>
    private void Tell() => Interlocked.Exchange(ref _changed, NewSignal()).SetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void ForgetOldest()
    {
        for (var node = _inOrder.First; node is not null && _bySid.Count > Most;)
        {
            var next = node.Next;
            if (node.Value.HasEnded) Remove(node.Value);
            node = next;
        }
    }
}
