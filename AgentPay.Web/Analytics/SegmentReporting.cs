using AgentPay.Web.Payments;

namespace AgentPay.Web.Analytics;

/// <summary>
/// Queues the published payment notices and sends them to Segment in batches, in the background. It is not a
/// <see cref="BackgroundService"/>: that one cancels at once on shutdown, and this one first sends the queued notices.
/// </summary>
internal sealed class SegmentReporting(
    PaymentNews news, NoticeQueue queue, BatchCollector collector, SegmentClient segment, TimeProvider clock, ILogger<SegmentReporting> log)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan DropReportInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new(Timeout.InfiniteTimeSpan, clock);
    private Task _running = Task.CompletedTask;
    private Task? _stopped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        news.Published += queue.Enqueue;
        _running = Task.Run(() => RunAsync(_end.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>
    /// All calls wait for the same stop. A host that is disposed while it stops calls this again, after <see cref="Dispose"/>.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return _stopped ??= StopOnceAsync(cancellationToken);
    }

    public void Dispose() => _end.Dispose();

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        news.Published -= queue.Enqueue;
        queue.Close();
        _end.CancelAfter(Timeouts.SegmentShutdown);
        await using var registration = cancellationToken.Register(_end.Cancel);
        await _running;
    }

    // Runs until the queue is closed and empty, or the shutdown times out.
    private async Task RunAsync(CancellationToken end)
    {
        await using var report = clock.CreateTimer(_ => LogDropped(), null, DropReportInterval, DropReportInterval);
        while (!end.IsCancellationRequested && await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var batch = await collector.CollectAsync();
            if (batch.Count > 0) await segment.SendAsync(batch, end);
        }
        queue.DropAll();
        LogDropped();
    }

    private void LogDropped()
    {
        if (queue.TakeDroppedCount() is > 0 and var dropped) log.NoticesLost(dropped);
    }
}
