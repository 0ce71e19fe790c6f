using System.Collections.Concurrent;

namespace AgentPay.Web.Sandbox.Control;

/// <summary>Counters since the start or the last reset, as <c>GET /sandbox/control/stats</c> shows them.</summary>
public sealed class SandboxStats : IResettable
{
    private volatile Counters _now = new();

    public void ApiRequest() => Interlocked.Increment(ref _now.ApiRequests);

    /// <param name="top">The top-level object that is charged: <c>map:payMap</c>, <c>document:pay-7</c>, <c>list:…</c>, <c>service</c>.</param>
    public void SyncRead(string top)
    {
        Interlocked.Increment(ref _now.SyncReads);
        Interlocked.Increment(ref _now.Of(top).Reads);
    }

    /// <inheritdoc cref="SyncRead"/>
    public void SyncWrite(string top)
    {
        Interlocked.Increment(ref _now.SyncWrites);
        Interlocked.Increment(ref _now.Of(top).Writes);
    }

    public void SyncThrottled() => Interlocked.Increment(ref _now.SyncThrottled);

    /// <summary>A callback was sent for the first time; its tries after that are retries.</summary>
    public void CallbackSent() => Interlocked.Increment(ref _now.CallbacksSent);

    public void CallbackRetried() => Interlocked.Increment(ref _now.CallbacksRetried);

    /// <summary>A callback was given up on, or lost.</summary>
    public void CallbackFailed() => Interlocked.Increment(ref _now.CallbacksFailed);

    public void GatewayCharged() => Interlocked.Increment(ref _now.Charges);

    public void GatewayTokenized() => Interlocked.Increment(ref _now.Tokens);

    public void GatewayDeclined() => Interlocked.Increment(ref _now.Declines);

    /// <summary>The gateway was asked again with a transaction id that it had answered before.</summary>
    public void GatewayDuplicate() => Interlocked.Increment(ref _now.Duplicates);

    public StatsReport Report()
    {
        var now = _now;
        return new(
            new(now.SyncReads, now.SyncWrites, now.SyncThrottled, now.Objects.ToDictionary(o => o.Key, o => new ObjectStats(o.Value.Reads, o.Value.Writes))),
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

        public ObjectCounters Of(string top) => Objects.GetOrAdd(top, _ => new());
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
