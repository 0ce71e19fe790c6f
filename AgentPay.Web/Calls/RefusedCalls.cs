using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>A call that AgentPay did not connect.</summary>
/// <param name="At">UTC.</param>
/// <param name="Reason">A sentence without a full stop. A telephone number in it is at most six digits long: an internal or an emergency number.</param>
public sealed record RefusedCall(DateTimeOffset At, CallSid Call, string Reason);

/// <summary>The calls that this instance has refused last, for the set-up page. Kept in memory only.</summary>
public sealed class RefusedCalls(TimeProvider clock, ILogger<RefusedCalls> log)
{
    /// <summary>How many are kept.</summary>
    public const int Most = 20;

    private readonly Lock _lock = new();
    private readonly LinkedList<RefusedCall> _newestFirst = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<RefusedCall> Latest
    {
        get { lock (_lock) return [.. _newestFirst]; }
    }

    /// <summary>Logs the refusal, and keeps it.</summary>
    internal void Add(CallSid call, string reason)
    {
        log.Rejected(call, reason);
        lock (_lock)
        {
            _newestFirst.AddFirst(new RefusedCall(clock.GetUtcNow(), call, reason));
            if (_newestFirst.Count > Most) _newestFirst.RemoveLast();
        }
    }
}
