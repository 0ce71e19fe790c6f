using System.Collections.Concurrent;

namespace AgentPay.Web.Sandbox.Control;

/// <summary>Counters since the start or the last reset, shown by <c>GET /sandbox/control/stats</c>.</summary>
public sealed class SandboxStats : IResettable
{
    private volatile Counters _now = new();

    public void ApiRequest() => Interlocked.Increment(ref _now.ApiRequests);

    /// <param name="objectName">The top-level object: <c>map:payMap</c>, <c>document:pay-7</c>, <c>list:…</c> or <c>service</c>.</param>
    public void SyncRead(string objectName)
    {
        Interlocked.Increment(ref _now.SyncReads);
        Interlocked.Increment(ref _now.Of(objectName).Reads);
    }

    /// <inheritdoc cref="SyncRead"/>
    public void SyncWrite(string objectName)
    {
        Interlocked.Increment(ref _now.SyncWrites);
        Interlocked.Increment(ref _now.Of(objectName).Writes);
    }

    public void SyncThrottled() => Interlocked.Increment(ref _now.SyncThrottled);

    /// <summary>Counts the first attempt of a callback. Later attempts are retries.</summary>
    public void CallbackSent() => Interlocked.Increment(ref _now.CallbacksSent);

    public void CallbackRetried() => Interlocked.Increment(ref _now.CallbacksRetried);

    /// <summary>Counts a callback that was abandoned or lost.</summary>
    public void CallbackFailed() => Interlocked.Increment(ref _now.CallbacksFailed);

    public void GatewayCharged() => Interlocked.Increment(ref _now.Charges);

    public void GatewayTokenized() => Interlocked.Increment(ref _now.Tokens);

    public void GatewayDeclined() => Interlocked.Increment(ref _now.Declines);

    /// <summary>Counts a repeated request with a transaction ID that was already decided.</summary>
    public void GatewayDuplicate() => Interlocked.Increment(ref _now.Duplicates);

    public StatsReport Report()
    {
        var now = _now;
        var objects = now.Objects.ToDictionary(o => o.Key, o => new ObjectStats(o.Value.Reads, o.Value.Writes));
        return new(
            new(now.SyncReads, now.SyncWrites, now.SyncThrottled, objects),
            new(now.ApiRequests),
            new(now.CallbacksSent, now.CallbacksFailed, now.CallbacksRetried),
            new(now.Charges, now.Tokens, now.Declines, now.Duplicates));
    }

    public void Reset() => _now = new();

    private sealed class Counters
    {
        public long ApiRequests, SyncReads, SyncWrites, SyncThrottled, CallbacksSent, CallbacksFailed, CallbacksRetried;
        public long Charges, Tokens, Declines, Duplicates;

        public ConcurrentDictionary<string, ObjectCounters> Objects { get; } = new();

        public ObjectCounters Of(string objectName) => Objects.GetOrAdd(objectName, _ => new());
    }

    private sealed class ObjectCounters
    {
        public long Reads, Writes;
    }
}

public sealed record StatsReport(SyncStats Sync, ApiStats Api, CallbackStats Callbacks, GatewayStats Gateway);

public sealed record SyncStats(long Reads, long Writes, long Throttled, IReadOnlyDictionary<string, ObjectStats> Objects);

public sealed record ObjectStats(long Reads, long Writes);

public sealed record ApiStats(long Requests);

public sealed record CallbackStats(long Sent, long Failed, long Retried);

public sealed record GatewayStats(long Charges, long Tokens, long Declines, long Duplicates);
