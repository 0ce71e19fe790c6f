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
