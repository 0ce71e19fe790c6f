using AgentPay.Web.Sync;

namespace AgentPay.Web.Calls;

/// <summary>What <see cref="CallCache"/> holds of one call, under its lock.</summary>
internal sealed class CachedCall
{
    public Stored<Call?>? Known { get; set; }

    /// <summary>The mark at which <see cref="Known"/> was learnt.</summary>
    public long Learnt { get; set; }

    public DateTimeOffset ReadAt { get; set; }

    public List<LateRecord> Pending { get; } = [];

    public Call? View { get; private set; }

    public void Refresh() => View = Pending.Aggregate(Known?.Data, (call, record) => record.Change(call));

    /// <summary>Nothing is left to know or to store.</summary>
    public bool IsOver(DateTimeOffset now) => Pending.Count == 0 && (Known is null || Known.Expires <= now);
}
