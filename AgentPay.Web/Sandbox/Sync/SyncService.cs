namespace AgentPay.Web.Sandbox.Sync;

public sealed class SyncService : IListEntry
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKind, SyncObjects> _objects;
    private volatile ServiceState _state;

    public SyncService(string key, string? uniqueName, ServiceSettings settings, SyncWebhooks webhooks, TimeProvider clock)
    {
        (Key, UniqueName, Webhooks, Clock) = (key, uniqueName, webhooks, clock);
        Created = clock.GetUtcNow();
        _state = new(settings, Created);
        Creations = new(clock, 20);
        PermissionCalls = new(clock, 80);
        _objects = ObjectKind.All.ToDictionary(kind => kind, kind => new SyncObjects(this, kind));
    }

    public string Sid { get; } = Sandbox.Sid.New("IS");

    public string Key { get; }

    public string? UniqueName { get; }

    public SyncWebhooks Webhooks { get; }

    public TimeProvider Clock { get; }

    public DateTimeOffset Created { get; }

    public ServiceState State => _state;

    // Limits how many top-level objects are created or deleted.
    public SlidingWindow Creations { get; }

    public SlidingWindow PermissionCalls { get; }

    public SyncObjects this[ObjectKind kind] => _objects[kind];

    public bool IsLive(DateTimeOffset now) => true;

    public ServiceState Update(Func<ServiceSettings, ServiceSettings> change, DateTimeOffset now)
    {
        lock (_lock) return _state = new(change(_state.Settings), now);
    }

    public void RemoveExpired(DateTimeOffset now)
    {
        foreach (var objects in _objects.Values) objects.RemoveExpired(now);
    }
}
