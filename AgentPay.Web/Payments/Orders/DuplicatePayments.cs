using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>Finds an earlier charge of the same reference and amount that was paid, or whose outcome is unknown.</summary>
public sealed class DuplicatePayments(PaymentStore store, HistoryStore history, IOptions<PaymentsOptions> options, TimeProvider clock)
{
    /// <summary>
    /// Returns the latest charge that the plan repeats; null when there is none. Considers charges on the same call, on any call within
    /// <see cref="PaymentsOptions.DuplicateWindow"/>, and those that need checking. Costs the requests of
    /// <see cref="HistoryStore.ChargesAsync"/>.
    /// </summary>
    public async Task<HistoryRecord?> FindAsync(CallSid call, PaymentPlan plan, CancellationToken cancellation)
    {
        if (!MayRepeat(plan)) return null;
        var (window, now) = (options.Value.DuplicateWindow, clock.GetUtcNow());
        var recorded = await history.ChargesAsync(call, plan, cancellation);
        // A payment that has just ended on this instance may not be in the history yet.
        var known = store.Over.Select(HistoryRecord.Of).ExceptBy(recorded.Select(record => record.Id), record => record.Id);
        return Of(call, plan, recorded.Concat(known).Where(IsNear).OrderBy(record => record.Ended));

        bool IsNear(HistoryRecord record) => record.Call == call
            || (plan.Reference is not null
                && window > TimeSpan.Zero
                && (now - record.Ended <= window || PaymentResult.Of(record).NeedsChecking));
    }

    /// <summary>
    /// Returns the last payment that the plan repeats; null when there is none, or when the agent has confirmed the charge.
    /// </summary>
    public static HistoryRecord? Of(CallSid call, PaymentPlan plan, IEnumerable<HistoryRecord> payments) => MayRepeat(plan)
        ? payments.LastOrDefault(payment => IsSame(plan, payment) && !IsRefused(call, payment))
        : null;

    private static bool MayRepeat(PaymentPlan plan) => plan is { Charges: true, IsConfirmedAgain: false };

    /// <summary>After an unknown outcome the call accepts no further payment, so the agent is not asked to confirm.</summary>
    private static bool IsRefused(CallSid call, HistoryRecord payment) =>
        payment.Call == call && payment is { Result: OutcomeRules.Unknown, Closing: null };

    private static bool IsSame(PaymentPlan plan, HistoryRecord payment) =>
        payment.Amount == plan.Amount
        && payment.Currency == plan.Currency
        && string.Equals(payment.Reference, plan.Reference, StringComparison.OrdinalIgnoreCase)
        && PaymentResult.Of(payment).Kind is ResultKind.Succeeded or ResultKind.Unknown;
}
