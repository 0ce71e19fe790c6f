namespace AgentPay.Web.TwilioApi;

/// <summary>What the holder of a token with this identity may do to an object, in services with <see cref="SyncService.AclEnabled"/>.</summary>
public sealed record SyncPermission
{
    public required string Identity { get; init; }

    public required bool Read { get; init; }

    public required bool Write { get; init; }

    public required bool Manage { get; init; }
}

/// <summary>A document or a map, by its SID or its unique name.</summary>
public abstract record SyncObject
{
    private SyncObject()
    {
    }

    public sealed record Document(string Name) : SyncObject;

    public sealed record Map(string Name) : SyncObject;
}
