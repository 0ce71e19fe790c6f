namespace AgentPay.Web.Sandbox.Sync;

public enum Right
{
    Read,
    Write,
    Manage,
}

/// <summary>What one identity may do with one document, list or map when the service enforces permissions.</summary>
public sealed record Permission(string Identity, bool Read, bool Write, bool Manage) : IListed
{
    public string Key => Identity;

    public bool IsLive(DateTimeOffset now) => true;

    public bool Allows(Right right) => right switch
    {
        Right.Read => Read,
        Right.Write => Write,
        _ => Manage,
    };
}

public sealed class Permissions
{
    private readonly Lock _lock = new();
    private readonly Ordered<Permission> _byIdentity = new();

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
