using System.Runtime.CompilerServices;
using AgentPay.Web.Identity;
using AgentPay.Web.Sync;

namespace AgentPay.Web.Payments;

/// <summary>The payments of a UTC day that the viewer may see, newest first.</summary>
/// <param name="Records">Null when the day could not be read.</param>
/// <param name="Problem">Why the day could not be read, for people; null when it was.</param>
/// <param name="ReadAt">UTC.</param>
public sealed record HistoryDayResult(DateOnly Day, IReadOnlyList<HistoryRecord>? Records, string? Problem, DateTimeOffset ReadAt);

/// <summary>Reads payments that are over. Agents see their own payments, supervisors see all, other users none.</summary>
public sealed class PaymentHistory(HistoryDays days, HistoryStore store, TimeProvider clock)
{
    /// <summary>How many payments that need checking are shown at a time.</summary>
    private const int MostChecks = 50;

    /// <summary>After this many days that could not be read, the others are not tried: each may take a timeout.</summary>
    private const int MostFailures = 2;

    private const string NotTried = "Not tried, because other days could not be read";

    /// <summary>
    /// Reads the UTC days of a period, newest first, and returns the payments started at or after <paramref name="from"/> and before
    /// <paramref name="until"/>. Costs one read for each day and each further hundred payments of a day, unless a copy is used.
    /// </summary>
    public async IAsyncEnumerable<HistoryDayResult> ReadAsync(
        CurrentUser viewer,
        DateTimeOffset from,
        DateTimeOffset until,
        ReadSince since,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var (running, failures) = (new Queue<Task<HistoryDayResult>>(), 0);
        try
        {
            foreach (var day in UtcDays(from, until))
            {
                running.Enqueue(ReadDayAsync(day));
                if (running.Count == HistoryDays.Parallel) yield return await running.Dequeue();
            }
            while (running.TryDequeue(out var next)) yield return await next;
        }
        finally
        {
            await stop.CancelAsync();
        }

        async Task<HistoryDayResult> ReadDayAsync(DateOnly day)
        {
            if (Volatile.Read(ref failures) >= MostFailures) return new(day, null, NotTried, clock.GetUtcNow());
            try
            {
                var (records, at) = await days.ReadAsync(day, since, stop.Token);
                var seen = records.Where(record => record.Started >= from && record.Started < until && MaySee(viewer, record));
                return new(day, [.. seen.Select(record => record.For(viewer))], null, at);
            }
            catch (ServiceUnavailableException failure)
            {
                Interlocked.Increment(ref failures);
                return new(day, null, SyncProblem.Describe(failure), clock.GetUtcNow());
            }
        }
    }

    /// <summary>Reads the payments of all days that need checking, newest first. Also returns how many more there are.</summary>
    /// <exception cref="ServiceUnavailableException">Sync cannot be used.</exception>
    public async Task<(IReadOnlyList<HistoryRecord> Records, int More)> NeedCheckingAsync(
        CurrentUser viewer, CancellationToken cancellation)
    {
        var (records, more) = await TimeLimit.RunAsync(
            "Twilio Sync", Timeouts.History, clock,
            limited => store.NeedCheckingAsync(record => MaySee(viewer, record), MostChecks, limited), cancellation);
        return ([.. records.Select(record => record.For(viewer))], more);
    }

    private static bool MaySee(CurrentUser viewer, HistoryRecord record) =>
        viewer.IsSupervisor || (viewer.IsAgent && record.Agent.Equals(viewer.PrincipalName, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<DateOnly> UtcDays(DateTimeOffset from, DateTimeOffset until)
    {
        var first = DateOnly.FromDateTime(from.UtcDateTime);
        for (var day = DateOnly.FromDateTime(until.UtcDateTime.AddTicks(-1)); day >= first; day = day.AddDays(-1)) yield return day;
    }
}
