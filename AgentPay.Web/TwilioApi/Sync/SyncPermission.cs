namespace AgentPay.Web.TwilioApi;

/// <summary>The permissions of a token holder on an object. They apply only if <see cref="SyncService.AclEnabled"/> is true.</summary>
public sealed record SyncPermission
{
    public required string Identity { get; init; }

    public required bool Read { get; init; }

    public required bool Write { get; init; }

    public required bool Manage { get; init; }
}

/// <summary>A document or a map, by its SID or its unique name.</summary>
public sealed record SyncObject
{
    private SyncObject(string name, bool isMap) => (Name, IsMap) = (name, isMap);

    public string Name { get; }

    internal bool IsMap { get; }

    public static SyncObject Document(string name) => new(name, isMap: false);

    public static SyncObject Map(string name) => new(name, isMap: true);
}
