using AgentPay.Web.Payments;
using AgentPay.Web.Sync;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Board;

/// <summary>
/// Lists the payments of all instances while someone watches the board: one list for each instance, whatever the number of screens.
/// </summary>
internal sealed class BoardPoller(
    LiveFeed<string, BoardSnapshot> feed,
    PollMonitor monitor,
    BoardSource board,
    PaymentStore payments,
    IOptions<SyncOptions> options,
    TimeProvider clock)
    : FeedPoller<string, BoardSnapshot>(SourceName, feed, monitor, clock)
{
    /// <summary>The key of this poller's <see cref="FeedHealth"/>.</summary>
    public const string SourceName = "board";

    // A page of the list has 100 documents, and each payment has two: its own, and that of its call.
    private const int PaymentsPerRead = 50;

    // At most two reads a second, however many payments there are.
    private static readonly TimeSpan PerRead = TimeSpan.FromSeconds(0.5);

    protected override TimeSpan Limit => Timeouts.BoardList;

    protected override TimeSpan? IntervalOf(string key, BoardSnapshot? latest) => IntervalFor(board.Listed, options.Value.IdlePoll);

    internal static TimeSpan IntervalFor(int payments, TimeSpan shortest) =>
        ((payments / PaymentsPerRead) + 1) * PerRead is var interval && interval > shortest ? interval : shortest;

    protected override async Task PollAsync(string key, CancellationToken cancellation) =>
        board.Import(await payments.ListAsync(cancellation).Select(stored => stored.Data).ToListAsync(cancellation));
}
