using AgentPay.Web.Payments;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Analytics;

/// <summary>Collects the queued notices into batches.</summary>
internal sealed class BatchCollector(
    NoticeQueue queue, IOptions<SegmentOptions> options, AnalyticsMeter meter, TimeProvider clock, ILogger<BatchCollector> log)
{
    /// <summary>
    /// Waits until the batch is full, or the first notice has waited for the flush interval. Returns an empty batch if the queue is empty.
    /// </summary>
    public async Task<SegmentBatch> CollectAsync()
    {
        var batch = new SegmentBatch(options.Value.BatchSize);
        if (!queue.Reader.TryRead(out var first)) return batch;
        Add(first.Notice, batch);
        using var due = new CancellationTokenSource(Remaining(first), clock);
        while (!batch.IsFull && Remaining(first) > TimeSpan.Zero && await HasMoreAsync(due.Token)) Fill(batch);
        Fill(batch);
        return batch;
    }

    private void Fill(SegmentBatch batch)
    {
        while (!batch.IsFull && queue.Reader.TryRead(out var next)) Add(next.Notice, batch);
    }

    private TimeSpan Remaining(WaitingNotice first)
    {
        var remaining = options.Value.FlushInterval - clock.GetElapsedTime(first.Since);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    private async Task<bool> HasMoreAsync(CancellationToken due)
    {
        try
        {
            return await queue.Reader.WaitToReadAsync(due);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // A notice that cannot be converted is dropped. The rest of the batch is sent.
    private void Add(PaymentNotice notice, SegmentBatch batch)
    {
        try
        {
            if (TrackEvent.Of(notice) is not { } track || batch.TryAdd(track)) return;
            log.NoticeTooLarge(notice.GetType().Name);
        }
        catch (Exception fault)
        {
            log.NoticeUnreportable(fault, notice.GetType().Name);
        }
        meter.Dropped(1);
    }
}
