using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Sync;

// The account's Sync services. Expired objects are invisible to requests at once. A timer frees their memory later.
public sealed class SyncServices : IResettable, IDisposable
{
    private const string Default = "default";

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly SyncWebhooks _webhooks;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweep;
    private readonly Dictionary<string, SyncService> _bySid = new(StringComparer.Ordinal);
    private readonly SortedEntries<SyncService> _asCreated = new();
    private SyncService? _default;
    private long _created;

    public SyncServices(SyncWebhooks webhooks, TimeProvider clock)
    {
        (_webhooks, _clock) = (webhooks, clock);
        _sweep = clock.CreateTimer(_ => RemoveExpired(), null, SweepInterval, SweepInterval);
    }

    // The SID "default" returns the account's default service, which is created on first use.
    public SyncService? Find(string sid)
    {
        lock (_lock)
        {
            if (sid == Default) return _default ??= Add(Default, new() { FriendlyName = "Default Service" });
            return _bySid.GetValueOrDefault(sid);
        }
    }

    public SyncService Create(ServiceSettings settings)
    {
        lock (_lock) return Add(null, settings);
    }

    // Removes a service with all its data. Returns false if it was already removed.
    public bool Remove(SyncService removed)
    {
        lock (_lock)
        {
            if (_default == removed) _default = null;
            _asCreated.Remove(removed.Key);
            return _bySid.Remove(removed.Sid);
        }
    }

    public Page<SyncService> Read(PageQuery query)
    {
        lock (_lock) return _asCreated.Read(query, _clock.GetUtcNow());
    }

    public void Reset()
    {
        foreach (var service in All()) Remove(service);
    }

    public void Dispose() => _sweep.Dispose();

    private SyncService Add(string? uniqueName, ServiceSettings settings)
    {
        var service = new SyncService(NumberedKey.Of(_created++), uniqueName, settings, _webhooks, _clock);
        _bySid.Add(service.Sid, service);
        _asCreated.Put(service);
        return service;
    }

    private void RemoveExpired()
    {
        var now = _clock.GetUtcNow();
        foreach (var service in All()) service.RemoveExpired(now);
    }

    private SyncService[] All()
    {
        lock (_lock) return [.. _asCreated.All];
    }
}
