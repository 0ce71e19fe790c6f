using System.Threading.Channels;
using AgentPay.Web.Payments;

namespace AgentPay.Web.Analytics;

/// <summary>A queued notice.</summary>
/// <param name="Since">The clock's timestamp when the notice was published.</param>
internal readonly record struct WaitingNotice(PaymentNotice Notice, long Since);

/// <summary>A bounded queue of notices for Segment. Adding never waits and never throws. A full queue drops the new notice.</summary>
internal sealed class NoticeQueue(AnalyticsMeter meter, TimeProvider clock)
{
    public const int Limit = 10_000;

    private readonly Channel<WaitingNotice> _channel =
        Channel.CreateBounded<WaitingNotice>(new BoundedChannelOptions(Limit) { SingleReader = true });

    private int _dropped;

    public ChannelReader<WaitingNotice> Reader => _channel.Reader;

    public void Enqueue(PaymentNotice notice)
    {
        if (!_channel.Writer.TryWrite(new(notice, clock.GetTimestamp()))) CountDropped();
    }

    /// <summary>Refuses new notices from now on. Queued notices can still be read.</summary>
    public void Close() => _channel.Writer.TryComplete();

    public void DropAll()
    {
        while (Reader.TryRead(out _)) CountDropped();
    }

    /// <summary>Returns the number of notices dropped since the last call.</summary>
    public int TakeDroppedCount() => Interlocked.Exchange(ref _dropped, 0);

    private void CountDropped()
    {
        Interlocked.Increment(ref _dropped);
        meter.Dropped(1);
    }
}
