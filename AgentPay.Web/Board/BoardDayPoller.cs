using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Board;

/// <summary>
/// Reads the history of the last day and the open checks when someone begins to watch the board, and from then on every ten
/// minutes, or every <see cref="SyncOptions.EndedTtl"/> if that is shorter. In between, the results come from the listed payments.
/// </summary>
internal sealed class BoardDayPoller(
    LiveFeed<string, BoardSnapshot> feed, PollMonitor monitor, BoardSource board, MapStore maps, HistoryStore history,
    IOptions<SyncOptions> options, TimeProvider clock)
    : FeedPoller<string, BoardSnapshot>(SourceName, feed, monitor, clock)
{
    /// <summary>The key of this poller's <see cref="FeedHealth"/>.</summary>
    public const string SourceName = "board-day";

    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(10);

    // A day starts at most 24 hours ago in the organisation's time zone, or 25 when the clocks change.
    private static readonly TimeSpan Day = TimeSpan.FromHours(25);
    private const int MostChecks = 50;

    private readonly TimeProvider _clock = clock;

    protected override TimeSpan Limit => Timeouts.History;

    protected override TimeSpan? IntervalOf(string key, BoardSnapshot? latest) =>
        options.Value.EndedTtl < LongestInterval ? options.Value.EndedTtl : LongestInterval;

    protected override async Task PollAsync(string key, CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow();
        var (from, records) = (now - Day, new List<HistoryRecord>());
        // Ids sort by time, so the list of the first day starts at the first payment that is wanted.
        var first = PaymentId.New(from).ToString();
        for (var day = DateOnly.FromDateTime(from.UtcDateTime); day <= DateOnly.FromDateTime(now.UtcDateTime); day = day.AddDays(1))
        {
            await foreach (var item in maps.ListAsync<HistoryRecord>(HistoryRecord.MapOf(day), first, cancellation))
                records.Add(item.Data);
        }
        var (checks, _) = await history.NeedCheckingAsync(_ => true, MostChecks, cancellation);
        board.Import(records, checks);
    }
}
