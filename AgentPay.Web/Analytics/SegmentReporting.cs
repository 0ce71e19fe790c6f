using AgentPay.Web.Payments;

namespace AgentPay.Web.Analytics;

/// <summary>
/// Listens to the news of payments and reports them to Segment, a batch at a time, off the publishers' path.
/// Not a <see cref="BackgroundService"/>: that one begins a stop by cancelling, and here a stop begins by sending what waits.
/// </summary>
internal sealed class SegmentReporting(
    PaymentNews news, NoticeQueue queue, BatchCollector collector, SegmentClient segment, TimeProvider clock, ILogger<SegmentReporting> log)
    : IHostedService, IDisposable
{
    /// <summary>How long a stop waits for what is still to be sent.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LossReportInterval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _end = new(Timeout.InfiniteTimeSpan, clock);
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        news.Published += queue.Offer;
        _running = Task.Run(() => RunAsync(_end.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        news.Published -= queue.Offer;
        queue.Close();
        _end.CancelAfter(Farewell);
        await using var hurry = cancellationToken.Register(_end.Cancel);
        await _running;
    }

    public void Dispose() => _end.Dispose();

    /// <summary>Ends when the queue is closed and empty, or has no more time to become so.</summary>
    private async Task RunAsync(CancellationToken end)
    {
        await using var losses = clock.CreateTimer(_ => ReportLosses(), null, LossReportInterval, LossReportInterval);
        while (!end.IsCancellationRequested && await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = await collector.CollectAsync();
            if (batch.Count > 0) await segment.SendAsync(batch, end);
        }
        queue.Clear();
        ReportLosses();
    }

    private void ReportLosses()
    {
        if (queue.TakeLost() is > 0 and var lost) log.NoticesLost(lost);
    }
}
