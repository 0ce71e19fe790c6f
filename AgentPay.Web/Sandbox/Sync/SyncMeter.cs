using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Sync;

// Applies the published rate limits (twilio.com/docs/sync/limits) and counts reads and writes for the statistics.
// A request over a limit gets error 54009 and counts only as throttled.
public sealed class SyncMeter(SandboxStats stats)
{
    private const string ServiceKey = "service";

    // Twilio publishes no limit for services and for lists of objects.
    public void CountServiceRead() => stats.SyncRead(ServiceKey);

    public void CountServiceWrite() => stats.SyncWrite(ServiceKey);

    public void CountRead(SyncObject syncObject)
    {
        Use(syncObject.Reads, 1);
        stats.SyncRead(syncObject.Name.StatsKey);
    }

    // A payload above 1 KiB counts as one write per started KiB, at most ten.
    public void CountWrite(SyncObject syncObject, RawJson? data = null)
    {
        Use(syncObject.Writes, Math.Clamp(((data?.Length ?? 0) + 1023) / 1024, 1, 10));
        stats.SyncWrite(syncObject.Name.StatsKey);
    }

    public void CountCreateOrDelete(SyncService service, ObjectName name)
    {
        Use(service.Creations, 1);
        stats.SyncWrite(name.StatsKey);
    }

    public void CountPermissionRead(SyncObject syncObject)
    {
        Use(syncObject.Service.PermissionCalls, 1);
        stats.SyncRead(syncObject.Name.StatsKey);
    }

    public void CountPermissionWrite(SyncObject syncObject)
    {
        Use(syncObject.Service.PermissionCalls, 1);
        stats.SyncWrite(syncObject.Name.StatsKey);
    }

    private void Use(SlidingWindow window, int weight)
    {
        if (window.TryUse(weight)) return;
        stats.SyncThrottled();
        throw new ApiError(429, 54009, "Rate limit exceeded");
    }
}
