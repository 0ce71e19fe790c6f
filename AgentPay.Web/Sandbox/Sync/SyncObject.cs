namespace AgentPay.Web.Sandbox.Sync;

/// <summary>What a top-level object is addressed by. <see cref="Top"/> is its name in the statistics.</summary>
public sealed record ObjectName(string Sid, string? Unique, string Top)
{
    public static ObjectName New(ObjectKind kind, string? unique)
    {
        var sid = Sandbox.Sid.New(kind.SidPrefix);
        return new(sid, unique, $"{kind.Name}:{unique ?? sid}");
    }
}

/// <summary>A document, list, map or stream. Everything that changes it or its items happens under its <see cref="Gate"/>.</summary>
public sealed class SyncObject : IListed
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

    /// <summary>Its place among the objects of its kind, which are listed as they were created.</summary>
    public string Key { get; }

    public ObjectName Name { get; }

    public string Sid => Name.Sid;

    public SlidingWindow Reads { get; }

    public SlidingWindow Writes { get; }

    public SyncItems Items { get; }

    public Permissions Permissions { get; } = new();

    public Lock Gate { get; } = new();

    public State State => _state;

    public bool IsLive(DateTimeOffset now) => !_removed && _state.IsLive(now);

    /// <summary>Null when it is gone.</summary>
    public State? Update(Change change, SyncWrite write)
    {
        lock (Gate)
        {
            if (!IsLive(write.At)) return null;
            write.Expect(_state.Revision, Kind.RevisionMismatch);
            _state = _state.Next(change, write.At);
            if (Kind == ObjectKind.Document) Service.Webhooks.Publish(this, "updated", write);
            return _state;
        }
    }

    /// <summary>False when it was gone before.</summary>
    public bool Remove(SyncWrite write)
    {
        lock (Gate)
        {
            if (!IsLive(write.At)) return false;
            _removed = true;
            Service.Webhooks.Publish(this, "removed", write);
            return true;
        }
    }

    /// <summary>Called under the gate, by a write to one of the items.</summary>
    public void ResetExpiry(int ttl, DateTimeOffset now) => _state = _state with { Expires = Change.Expiry(ttl, now) };
}
