namespace AgentPay.Web.Sandbox.Sync;

public enum Right
{
    Read,
    Write,
    Manage,
}

// The rights of one identity on one document, list or map. They apply if the service enforces permissions (AclEnabled).
public sealed record Permission(string Identity, bool Read, bool Write, bool Manage) : IListEntry
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
