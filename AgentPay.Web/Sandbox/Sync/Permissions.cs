namespace AgentPay.Web.Sandbox.Sync;

public sealed class Permissions
{
    private readonly Lock _lock = new();
    private readonly SortedEntries<Permission> _byIdentity = new();

    public Permission? Find(string identity)
    {
        lock (_lock) return _byIdentity.Find(identity);
    }

    public void Set(Permission permission)
    {
        lock (_lock) _byIdentity.Put(permission);
    }

    public bool Remove(string identity)
    {
        lock (_lock) return _byIdentity.Remove(identity);
    }

    public Page<Permission> Read(PageQuery query, DateTimeOffset now)
    {
        lock (_lock) return _byIdentity.Read(query, now);
    }
}
