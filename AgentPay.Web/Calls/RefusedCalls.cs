using AgentPay.Web.PaymentTypes;

namespace AgentPay.Web.Calls;

/// <summary>A call that AgentPay did not connect.</summary>
/// <param name="At">UTC.</param>
/// <param name="Reason">
/// A sentence without a full stop. It contains no telephone number except an internal or emergency number of at most six digits.
/// </param>
public sealed record RefusedCall(DateTimeOffset At, CallSid Call, string Reason);

/// <summary>The latest calls that this instance refused, for the setup page. Kept in memory only.</summary>
public sealed class RefusedCalls(TimeProvider clock, ILogger<RefusedCalls> log)
{
    /// <summary>The number of calls that are kept.</summary>
    public const int Most = 20;

    private readonly Lock _lock = new();
    private readonly LinkedList<RefusedCall> _newestFirst = [];

    /// <summary>The refused calls, newest first.</summary>
    public IReadOnlyList<RefusedCall> Latest
    {
        get { lock (_lock) return [.. _newestFirst]; }
    }

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
