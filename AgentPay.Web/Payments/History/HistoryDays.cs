using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Payments;

/// <summary>The records of a UTC day as they were read.</summary>
public sealed record HistoryDayRecords(IReadOnlyList<HistoryRecord> Records, DateTimeOffset ReadAt);

/// <summary>How new the records of a day must be: an earlier copy is not used.</summary>
/// <param name="Open">For days whose payments can still change.</param>
/// <param name="Closed">For older days. A supervisor can still close a check there.</param>
public readonly record struct ReadSince(DateTimeOffset Open, DateTimeOffset Closed)
{
    private static readonly TimeSpan CopyAge = TimeSpan.FromMinutes(10);

    /// <summary>Reads open days. Uses copies of closed days that are up to ten minutes old.</summary>
    public static ReadSince Opened(DateTimeOffset now) => new(now, now - CopyAge);

    /// <summary>Reads all days, also those that were read at this very time.</summary>
    public static ReadSince Refreshed(DateTimeOffset now) => new(now.AddTicks(1), now.AddTicks(1));
}

/// <summary>
/// Reads the history of UTC days, and keeps copies in memory. Sync limits the reads of a map to 20 a second for all instances together,
/// so an instance reads each day once at a time, at most ten pages of it a second, and at most four days at a time.
/// </summary>
public sealed class HistoryDays(MapStore maps, IOptions<SyncOptions> sync, TimeProvider clock)
{
    /// <summary>How many days an instance reads at the same time.</summary>
    public const int Parallel = 4;

    /// <summary>About 40 MB.</summary>
    private const int MostCopied = 20_000;

    /// <summary>Ten pages of a hundred items.</summary>
    private const int RecordsPerSecond = 1000;

    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Parallel).Select(_ => new SemaphoreSlim(1))];
    private readonly HistoryCopies _copies = new(MostCopied);

    /// <exception cref="ServiceUnavailableException">Sync cannot be used.</exception>
    public async Task<HistoryDayRecords> ReadAsync(DateOnly day, ReadSince since, CancellationToken cancellation)
    {
        if (Find(day, since) is { } copy) return copy;
        var turn = _turns[day.DayNumber % Parallel];
        await turn.WaitAsync(cancellation);
        try
        {
            if (Find(day, since) is { } newer) return newer;
            var read = await TimeLimit.RunAsync("Twilio Sync", Timeouts.History, clock, limited => ReadAsync(day, limited), cancellation);
            _copies.Keep(day, read);
            return read;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<HistoryDayRecords> ReadAsync(DateOnly day, CancellationToken cancellation)
    {
        var (records, at, second) = (new List<HistoryRecord>(), clock.GetUtcNow(), clock.GetTimestamp());
        await foreach (var item in maps.ListAsync<HistoryRecord>(HistoryRecord.MapOf(day), cancellation))
        {
            records.Add(item.Data);
            if (records.Count % RecordsPerSecond > 0) continue;
            var wait = TimeSpan.FromSeconds(1) - clock.GetElapsedTime(second);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellation);
            second = clock.GetTimestamp();
        }
        return new([.. records.OrderByDescending(record => record.Started)], at);
    }

    private HistoryDayRecords? Find(DateOnly day, ReadSince since)
    {
        var end = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        var isClosed = end + sync.Value.ItemTtl < clock.GetUtcNow();
        return _copies.Find(day, isClosed ? since.Closed : since.Open);
    }
}
