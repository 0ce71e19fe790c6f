using AgentPay.Web.PaymentTypes;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>Finds the charge that a new one repeats: the same reference and amount, paid, or not yet known to be unpaid.</summary>
public sealed class DuplicatePayments(PaymentStore store, HistoryStore history, IOptions<PaymentsOptions> options, TimeProvider clock)
{
    /// <summary>
    /// The charge on the same call, or on any call within <see cref="PaymentsOptions.DuplicateWindow"/>, or one that needs checking; null when there is
    /// none. Costs what <see cref="HistoryStore.ChargesAsync"/> costs.
    /// </summary>
    public async Task<HistoryRecord?> FindAsync(CallSid call, PaymentPlan plan, CancellationToken cancellation)
    {
        if (!MayRepeat(plan)) return null;
        var (window, now) = (options.Value.DuplicateWindow, clock.GetUtcNow());
        var recorded = await history.ChargesAsync(call, plan, cancellation);
        // What has just ended on this instance may not be recorded yet.
        var known = store.Over.Select(HistoryRecord.Of).ExceptBy(recorded.Select(record => record.Id), record => record.Id);
        return Of(call, plan, recorded.Concat(known).Where(IsNear).OrderBy(record => record.Ended));

        bool IsNear(HistoryRecord record) => record.Call == call
            || (plan.Reference is not null && window > TimeSpan.Zero && (now - record.Ended <= window || PaymentResult.Of(record).NeedsChecking));
    }

    /// <summary>The last of the payments that the plan repeats; null when it repeats none, or when the agent has confirmed that it may.</summary>
    public static HistoryRecord? Of(CallSid call, PaymentPlan plan, IEnumerable<HistoryRecord> payments) => MayRepeat(plan)
        ? payments.LastOrDefault(payment => IsSame(plan, payment) && !IsRefused(call, payment))
        : null;

    private static bool MayRepeat(PaymentPlan plan) => plan is { Charges: true, IsConfirmedAgain: false };

    /// <summary>After an unknown outcome the call takes no payment at all: a confirmation would not help.</summary>
    private static bool IsRefused(CallSid call, HistoryRecord payment) =>
        payment.Call == call && payment is { Result: OutcomeRules.Unknown, Closing: null };

    private static bool IsSame(PaymentPlan plan, HistoryRecord payment) =>
        payment.Amount == plan.Amount
        && payment.Currency == plan.Currency
        && string.Equals(payment.Reference, plan.Reference, StringComparison.OrdinalIgnoreCase)
        && PaymentResult.Of(payment).Kind is ResultKind.Succeeded or ResultKind.Unknown;
}
