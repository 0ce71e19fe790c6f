using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Sync;

/// <summary>
/// The account's Sync services. What has expired is gone for every request at once; a timer frees its memory later,
/// for objects that nobody asks for again.
/// </summary>
public sealed class SyncServices : IResettable, IDisposable
{
    private const string Default = "default";

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly SyncWebhooks _webhooks;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweep;
    private readonly Dictionary<string, SyncService> _bySid = new(StringComparer.Ordinal);
    private readonly Ordered<SyncService> _asCreated = new();
    private SyncService? _default;
    private long _created;

    public SyncServices(SyncWebhooks webhooks, TimeProvider clock)
    {
        (_webhooks, _clock) = (webhooks, clock);
        _sweep = clock.CreateTimer(_ => DropExpired(), null, SweepInterval, SweepInterval);
    }

    /// <summary>By SID; <c>default</c> is the account's default service, which is made when it is first asked for.</summary>
    public SyncService? Find(string sid)
    {
        lock (_lock) return sid == Default ? _default ??= Add(Default, new() { FriendlyName = "Default Service" }) : _bySid.GetValueOrDefault(sid);
    }

    public SyncService Create(ServiceSettings settings)
    {
        lock (_lock) return Add(null, settings);
    }

    /// <summary>Removes a service with all its data; false when it was gone before.</summary>
    public bool Remove(SyncService gone)
    {
        lock (_lock)
        {
            if (_default == gone) _default = null;
            _asCreated.Remove(gone.Key);
            return _bySid.Remove(gone.Sid);
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

    private void DropExpired()
    {
        var now = _clock.GetUtcNow();
        foreach (var service in All()) service.DropExpired(now);
    }

    private SyncService[] All()
    {
        lock (_lock) return [.. _asCreated.All];
    }
}
