namespace AgentPay.Web.Sandbox.Sync;

// Identifies a top-level object. StatsKey is its name in the statistics.
public sealed record ObjectName(string Sid, string? Unique, string StatsKey)
{
    public static ObjectName New(ObjectKind kind, string? unique)
    {
        var sid = Sandbox.Sid.New(kind.SidPrefix);
        return new(sid, unique, $"{kind.Name}:{unique ?? sid}");
    }
}

// A document, list, map or stream. Its lock guards the object and its items.
public sealed class SyncObject : IListEntry
{
    private volatile State _state;
    private volatile bool _removed;

    public SyncObject(SyncService service, ObjectKind kind, string key, ObjectName name, State state)
    {
        (Service, Kind, Key, Name, _state) = (service, kind, key, name, state);
        Reads = new(service.Clock, 20);
        Writes = new(service.Clock, kind.WritesPerSecond);
        Items = new(this);
    }

    public SyncService Service { get; }

    public ObjectKind Kind { get; }

    // Numbered in order of creation, which is the order of listings.
    public string Key { get; }

    public ObjectName Name { get; }

    public string Sid => Name.Sid;

    public SlidingWindow Reads { get; }

    public SlidingWindow Writes { get; }

    public SyncItems Items { get; }

    public Permissions Permissions { get; } = new();

    public Lock Lock { get; } = new();

    public State State => _state;

    public bool IsLive(DateTimeOffset now) => !_removed && _state.IsLive(now);

    // Returns null if the object does not exist any more.
    public State? Update(SyncChange change, SyncWrite write)
    {
        lock (Lock)
        {
            if (!IsLive(write.At)) return null;
            write.CheckRevision(_state.Revision, Kind.RevisionMismatch);
            _state = _state.Next(change, write.At);
            if (Kind == ObjectKind.Document) Service.Webhooks.Publish(this, "updated", write);
            return _state;
        }
    }

    // Returns false if the object was already removed.
    public bool Remove(SyncWrite write)
    {
        lock (Lock)
        {
            if (!IsLive(write.At)) return false;
            _removed = true;
            Service.Webhooks.Publish(this, "removed", write);
            return true;
        }
    }

    // A write to an item calls this while it holds the lock.
    public void ResetExpiry(int ttl, DateTimeOffset now) => _state = _state with { Expires = SyncChange.Expiry(ttl, now) };
}
