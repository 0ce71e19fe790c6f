using AgentPay.Web.Identity;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Payments;

/// <summary>Reads payments that are over. Agents see their own payments, supervisors see all, other users none.</summary>
public sealed class PaymentHistory(MapStore maps, HistoryStore store, TimeProvider clock)
{
    /// <summary>How many payments that need checking are shown at a time.</summary>
    private const int MostChecks = 50;

    /// <summary>
    /// Reads the payments started at or after <paramref name="from"/> and before <paramref name="until"/>, newest first. Costs one read
    /// for each hundred payments of the UTC days in that range.
    /// </summary>
    /// <exception cref="ServiceUnavailableException">Sync cannot be used.</exception>
    public Task<IReadOnlyList<HistoryRecord>> ReadAsync(
        CurrentUser viewer, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation) =>
        WithTimeoutAsync<IReadOnlyList<HistoryRecord>>(async limited =>
        {
            var found = new List<HistoryRecord>();
            foreach (var day in UtcDays(from, until))
            {
                await foreach (var item in maps.ListAsync<HistoryRecord>(HistoryRecord.MapOf(day), limited))
                {
                    if (item.Data.Started >= from && item.Data.Started < until && MaySee(viewer, item.Data)) found.Add(item.Data);
                }
            }
            return [.. found.OrderByDescending(record => record.Started)];
        }, cancellation);

    /// <summary>Reads the payments of all days that need checking, newest first. Also returns how many more there are.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public Task<(IReadOnlyList<HistoryRecord> Records, int More)> NeedCheckingAsync(CurrentUser viewer, CancellationToken cancellation) =>
        WithTimeoutAsync(limited => store.NeedCheckingAsync(record => MaySee(viewer, record), MostChecks, limited), cancellation);

    private Task<T> WithTimeoutAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellation) =>
        TimeLimit.RunAsync("Twilio Sync", Timeouts.History, clock, read, cancellation);

    private static bool MaySee(CurrentUser viewer, HistoryRecord record) =>
        viewer.IsSupervisor || (viewer.IsAgent && record.Agent.Equals(viewer.PrincipalName, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<DateOnly> UtcDays(DateTimeOffset from, DateTimeOffset until)
    {
        var last = DateOnly.FromDateTime(until.UtcDateTime.AddTicks(-1));
        for (var day = DateOnly.FromDateTime(from.UtcDateTime); day <= last; day = day.AddDays(1)) yield return day;
    }
}
