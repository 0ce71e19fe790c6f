using AgentPay.Web.Sync;

namespace AgentPay.Web.Payments;

/// <summary>
/// Admits new payments while Sync can store them and those that run. All payments share the writes that Sync accepts for <c>payMap</c>.
/// When more are started than it can store, a start is refused before anything is written or asked of the caller. So running payments
/// are not delayed.
/// </summary>
public sealed class PaymentAdmission(SyncBudget budget, PaymentMetrics metrics, TimeProvider clock)
{
    /// <summary>The rest is for fields that are entered again, and for results.</summary>
    private const double UsableShare = 0.9;

    private readonly Lock _lock = new();

    /// <summary>The starts of the last ten seconds, oldest first.</summary>
    private readonly LinkedList<Start> _starts = new();

    /// <summary>
    /// Admits a payment; null when AgentPay is busy. Dispose the result. Unless it was confirmed, the payment has not started, and does
    /// not count.
    /// </summary>
    internal Admitted? TryAdmit(PaymentPlan plan)
    {
        lock (_lock)
        {
            while (_starts.First is { } oldest && clock.GetElapsedTime(oldest.Value.At) >= SyncBudget.Window) _starts.RemoveFirst();
            var writes = WritesOf(plan);
            if (IsFree(writes)) return new(this, _starts.AddLast(new Start(clock.GetTimestamp(), writes)));
        }
        metrics.Refused();
        return null;
    }

    private bool IsFree(int writes)
    {
        var state = budget.StateOf(PaymentRecords.PayMap);
        var usable = state.Limit * UsableShare;
        // However low the limit, one payment at a time can start.
        var fits = _starts.Count == 0 || _starts.Sum(start => start.Writes) + writes <= usable;
        return fits && state.Used + state.Waiting < usable;
    }

    /// <summary>The item of a payment is written at its start and its end, and for each field where a front end drives the payment.</summary>
    private static int WritesOf(PaymentPlan plan) => plan.Driver == PaymentDriver.Client ? plan.Fields.Count + 2 : 2;

    internal readonly record struct Start(long At, int Writes);

    /// <summary>The admission of one payment.</summary>
    internal sealed class Admitted : IDisposable
    {
        private readonly PaymentAdmission _admission;
        private readonly LinkedListNode<Start> _start;
        private bool _isConfirmed;

        internal Admitted(PaymentAdmission admission, LinkedListNode<Start> start) => (_admission, _start) = (admission, start);

        /// <summary>The payment starts.</summary>
        public void Confirm() => _isConfirmed = true;

        public void Dispose()
        {
            if (_isConfirmed) return;
            lock (_admission._lock)
            {
                // Without a list, the start is older than the window.
                _start.List?.Remove(_start);
            }
        }
    }
}
