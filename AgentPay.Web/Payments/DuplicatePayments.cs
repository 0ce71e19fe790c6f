using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>Finds the charge that a new one repeats: the same reference and amount, paid or perhaps paid.</summary>
public sealed class DuplicatePayments(PaymentStore store, MapStore maps, IOptions<PaymentsOptions> options, TimeProvider clock)
{
    /// <summary>One page of Sync, so that a start costs one read more at most, or two just after midnight UTC.</summary>
    private const int Most = 100;

    /// <summary>Its first 48 bits are the time, in milliseconds.</summary>
    private const int TimeDigits = 12;

    /// <summary>
    /// On any call within <see cref="PaymentsOptions.DuplicateWindow"/>, as far as this instance knows it, or the history among the first hundred
    /// payments of that time; null when there is none. Without a reference, payments of two calls have nothing in common.
    /// </summary>
    public async Task<HistoryRecord?> FindAsync(PaymentPlan plan, CancellationToken cancellation)
    {
        var window = options.Value.DuplicateWindow;
        if (!MayRepeat(plan) || plan.Reference is null || window == TimeSpan.Zero) return null;
        var since = clock.GetUtcNow() - window;
        if (Of(plan, store.Over.Select(HistoryRecord.Of).Where(record => record.Ended >= since)) is { } known) return known;
        var first = since - options.Value.CaptureWindow - options.Value.OutcomeTimeout;
        var from = PaymentId.New(first).ToString()[..TimeDigits];
        for (var day = DateOnly.FromDateTime(first.UtcDateTime); day <= DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime); day = day.AddDays(1))
        {
            var recent = await maps.ListAsync<HistoryRecord>(HistoryRecord.MapOf(day), from, cancellation).Take(Most).Select(item => item.Data).ToListAsync(cancellation);
            if (Of(plan, recent.Where(record => record.Ended >= since)) is { } paid) return paid;
        }
        return null;
    }

    /// <summary>The last of the payments that the plan repeats; null when it repeats none, or when the agent has confirmed that it may.</summary>
    public static HistoryRecord? Of(PaymentPlan plan, IEnumerable<HistoryRecord> payments) => MayRepeat(plan) ? payments.LastOrDefault(payment => IsSame(plan, payment)) : null;

    private static bool MayRepeat(PaymentPlan plan) => plan is { Charges: true, IsConfirmedAgain: false };

    private static bool IsSame(PaymentPlan plan, HistoryRecord payment) =>
        payment.Amount == plan.Amount
        && payment.Currency == plan.Currency
        && string.Equals(payment.Reference, plan.Reference, StringComparison.OrdinalIgnoreCase)
        && payment.Result is OutcomeRules.Success or OutcomeRules.Unknown;
}
