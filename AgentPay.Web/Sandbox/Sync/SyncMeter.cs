using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Sync;

/// <summary>
/// What requests use up of the published limits (twilio.com/docs/sync/limits), and how the statistics count them.
/// A request beyond a limit is a <see cref="Refusal"/>, and counts as throttled only.
/// </summary>
public sealed class SyncMeter(SandboxStats stats)
{
    private const string Service = "service";

    /// <summary>Of a service, or of a list of objects: no limit is published.</summary>
    public void ReadService() => stats.SyncRead(Service);

    public void WriteService() => stats.SyncWrite(Service);

    public void Read(SyncObject of)
    {
        Spend(of.Reads, 1);
        stats.SyncRead(of.Name.Top);
    }

    /// <summary>A payload of more than 1 KiB counts as that many writes as it has KiB begun, ten at most.</summary>
    public void Write(SyncObject of, RawJson? data = null)
    {
        Spend(of.Writes, Math.Clamp(((data?.Length ?? 0) + 1023) / 1024, 1, 10));
        stats.SyncWrite(of.Name.Top);
    }

    public void CreateOrDelete(SyncService service, ObjectName name)
    {
        Spend(service.Creations, 1);
        stats.SyncWrite(name.Top);
    }

    public void ReadPermission(SyncObject of)
    {
        Spend(of.Service.PermissionCalls, 1);
        stats.SyncRead(of.Name.Top);
    }

    public void WritePermission(SyncObject of)
    {
        Spend(of.Service.PermissionCalls, 1);
        stats.SyncWrite(of.Name.Top);
    }

    private void Spend(SlidingWindow window, int weight)
    {
        if (window.TrySpend(weight)) return;
        stats.SyncThrottled();
        throw new Refusal(429, 54009, "Rate limit exceeded");
    }
}
