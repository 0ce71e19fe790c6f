using AgentPay.Web.Calls;

namespace AgentPay.Web.Board;

/// <summary>One row of the board: a live call with its latest payment, or a payment without a live call.</summary>
/// <param name="Key">Identifies the row while it is on the board: the call's SID, or the payment's id.</param>
/// <param name="Call">Null when AgentPay no longer knows the call.</param>
/// <param name="Payment">Null when the call has had no payment.</param>
public sealed record BoardRow(string Key, Call? Call, BoardPayment? Payment, Attention Attention)
{
    /// <summary>When the present phase began: that of the payment, or else of the call. UTC.</summary>
    public DateTimeOffset? Since => Payment?.PhaseSince ?? Call?.At;

    /// <summary>
    /// Builds the rows: first those that need attention, then payments by age, then calls without a payment. A phase that changes does not
    /// move a row.
    /// </summary>
    /// <param name="calls">Live calls, and calls that ended recently.</param>
    /// <param name="payments">Payments in progress, and payments that ended recently or need checking.</param>
    /// <param name="now">UTC.</param>
    public static IReadOnlyList<BoardRow> Of(IEnumerable<Call> calls, IEnumerable<BoardPayment> payments, DateTimeOffset now)
    {
        var known = calls.OrderBy(call => call.HasEnded).DistinctBy(call => call.PstnSid).ToDictionary(call => call.PstnSid);
        var paid = payments.OrderByDescending(payment => payment.StartedAt).ToLookup(payment => payment.Call);
        var ofCalls = known.Values.Where(call => !call.HasEnded)
            .Select(call => Row(call.PstnSid.ToString(), call, paid[call.PstnSid].FirstOrDefault(), now));
        var others = paid.SelectMany(ofCall => ofCall.Skip(known.GetValueOrDefault(ofCall.Key) is { HasEnded: false } ? 1 : 0))
            .Where(payment => !payment.IsOver || Attentions.Of(payment, false, now) == Attention.NeedsChecking)
            .Select(payment => Row(payment.Id.ToString(), known.GetValueOrDefault(payment.Call), payment, now));
        return
        [
            .. ofCalls.Concat(others)
                .OrderBy(row => row.Attention)
                .ThenBy(row => row.Payment is null)
                .ThenBy(row => row.Payment?.StartedAt ?? row.Call?.At)
                .ThenBy(row => row.Key, StringComparer.Ordinal),
        ];
    }

    private static BoardRow Row(string key, Call? call, BoardPayment? payment, DateTimeOffset now) =>
        new(key, call, payment, Attentions.Of(payment, call is { HasEnded: false }, now));
}
