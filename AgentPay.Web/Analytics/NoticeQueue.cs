using System.Threading.Channels;
using AgentPay.Web.Payments;

namespace AgentPay.Web.Analytics;

/// <summary>A notice on its way to Segment.</summary>
/// <param name="Since">Timestamp of the clock when it was published.</param>
internal readonly record struct WaitingNotice(PaymentNotice Notice, long Since);

/// <summary>Between payments and Segment: takes notices without waiting or throwing, and loses the newest when too many wait.</summary>
internal sealed class NoticeQueue(AnalyticsMeter meter, TimeProvider clock)
{
    public const int Limit = 10_000;

    private readonly Channel<WaitingNotice> _channel = Channel.CreateBounded<WaitingNotice>(new BoundedChannelOptions(Limit) { SingleReader = true });
    private int _lost;

    public ChannelReader<WaitingNotice> Reader => _channel.Reader;

    public void Offer(PaymentNotice notice)
    {
        if (!_channel.Writer.TryWrite(new(notice, clock.GetTimestamp()))) Lose();
    }

    /// <summary>From now on nothing more comes in.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>Loses all that still waits.</summary>
    public void Clear()
    {
        while (Reader.TryRead(out _)) Lose();
    }

    /// <summary>How many notices were lost since the last time this was asked.</summary>
    public int TakeLost() => Interlocked.Exchange(ref _lost, 0);

    private void Lose()
    {
        Interlocked.Increment(ref _lost);
        meter.Dropped(1);
    }
}
