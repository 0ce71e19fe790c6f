namespace AgentPay.Web.Sandbox.Sync;

/// <summary>The documents, lists, maps or streams of one service, by SID and by unique name.</summary>
public sealed class SyncObjects(SyncService service, ObjectKind kind)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SyncObject> _bySid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SyncObject> _byName = new(StringComparer.Ordinal);
    private readonly Ordered<SyncObject> _asCreated = new();
    private long _created;

    /// <summary>Null when there is none, or none any more.</summary>
    public SyncObject? Find(string sidOrName, DateTimeOffset now)
    {
        lock (_lock)
        {
            var found = _bySid.GetValueOrDefault(sidOrName) ?? _byName.GetValueOrDefault(sidOrName);
            return found?.IsLive(now) == true ? found : null;
        }
    }

    public SyncObject Create(ObjectName name, Change change, SyncWrite write)
    {
        lock (_lock)
        {
            if (name.Unique is not null && _byName.TryGetValue(name.Unique, out var other)) MakeRoom(other, write.At);
            var created = new SyncObject(service, kind, NumberedKey.Of(_created++), name, State.New(change, write));
            if (!write.By.IsAccount) created.Permissions.Set(new(write.By.Identity, true, true, true));
            _bySid.Add(created.Sid, created);
            if (name.Unique is not null) _byName.Add(name.Unique, created);
            _asCreated.Put(created);
            service.Webhooks.Publish(created, "created", write);
            return created;
        }
    }

    /// <summary>False when it was gone before.</summary>
    public bool Remove(SyncObject gone, SyncWrite write)
    {
        if (!gone.Remove(write)) return false;
        lock (_lock) Drop(gone);
        return true;
    }

    public Page<SyncObject> Read(PageQuery query, DateTimeOffset now)
    {
        lock (_lock) return _asCreated.Read(query, now);
    }

    public void DropExpired(DateTimeOffset now)
    {
        SyncObject[] all;
        lock (_lock)
        {
            all = [.. _asCreated.All];
            _asCreated.DropExpired(now);
            foreach (var expired in all.Where(o => !o.IsLive(now))) DropNames(expired);
        }
        foreach (var live in all) live.Items.DropExpired(now);
    }

    private void MakeRoom(SyncObject other, DateTimeOffset now)
    {
        if (other.IsLive(now)) throw new Refusal(409, 54301, "Unique name already exists");
        Drop(other);
    }

    private void Drop(SyncObject gone)
    {
        _asCreated.Remove(gone.Key);
        DropNames(gone);
    }

    /// <summary>The unique name may belong to a successor by now.</summary>
    private void DropNames(SyncObject gone)
    {
        _bySid.Remove(gone.Sid);
        if (gone.Name.Unique is { } name && _byName.GetValueOrDefault(name) == gone) _byName.Remove(name);
    }
}
