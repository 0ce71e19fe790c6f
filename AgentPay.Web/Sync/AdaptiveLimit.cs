namespace AgentPay.Web.Sync;

// How many writes of an object this instance may send in ten seconds. All instances share Sync's limit, and none knows how many there are.
// So the limit falls by a fifth when Sync throttles, at most once a second, and rises slowly while it does not: with several instances,
// each finds its share. A few throttled requests are no reason: Sync refuses one of ten when the instances together exceed its limit by
// that much, and such a request is only late.
internal sealed class AdaptiveLimit(int most, TimeProvider clock)
{
    private const double Cut = 0.8;
    private const double ThrottledShare = 0.1;

    // From the least to the most in 90 seconds. If it rose faster, several instances would exceed Sync's limit more often.
    private const double RisePerSecond = 0.01;
    private const double LeastShare = 0.1;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private double _limit = most;
    private long _since = clock.GetTimestamp();
    private int _answers;
    private int _throttled;

    public int Current
    {
        get
        {
            Adjust();
            return (int)_limit;
        }
    }

    public void Answered(bool isThrottled)
    {
        Adjust();
        _answers++;
        if (isThrottled) _throttled++;
    }

    private void Adjust()
    {
        var elapsed = clock.GetElapsedTime(_since);
        if (elapsed < Interval) return;
        _limit = _throttled > _answers * ThrottledShare
            ? Math.Max(Math.Max(1, most * LeastShare), _limit * Cut)
            : Math.Min(most, _limit + (most * RisePerSecond * elapsed.TotalSeconds));
        (_since, _answers, _throttled) = (clock.GetTimestamp(), 0, 0);
    }
}
