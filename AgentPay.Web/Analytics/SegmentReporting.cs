using AgentPay.Web.Payments;

namespace AgentPay.Web.Analytics;

/// <summary>
/// Reports payment notices to Segment in batches, in the background. Not a <see cref="BackgroundService"/>: that stops by cancelling, and
/// this stops by sending what is queued.
/// </summary>
internal sealed class SegmentReporting(
    PaymentNews news, NoticeQueue queue, BatchCollector collector, SegmentClient segment, TimeProvider clock, ILogger<SegmentReporting> log)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan LossReportInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new(Timeout.InfiniteTimeSpan, clock);
    private Task _running = Task.CompletedTask;
    private Task? _stopped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        news.Published += queue.Offer;
        _running = Task.Run(() => RunAsync(_end.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>
    /// A host that is disposed while it stops calls this again, after <see cref="Dispose"/>: there is one stop, and every call waits
    /// for it.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return _stopped ??= StopOnceAsync(cancellationToken);
    }

    public void Dispose() => _end.Dispose();

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        news.Published -= queue.Offer;
        queue.Close();
        _end.CancelAfter(Timeouts.SegmentShutdown);
        await using var hurry = cancellationToken.Register(_end.Cancel);
        await _running;
    }

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
