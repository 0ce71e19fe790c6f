namespace AgentPay.Web.Sync;

// How many writes of an object this instance may send in ten seconds. All instances share Sync's limit, and none knows how many there are.
// So the limit falls by a fifth when Sync throttles, at most once a second, and rises slowly when Sync has not throttled for ten seconds:
// with several instances, each finds its share. It does not rise earlier, because a budget may be used up in one second, and the nine
// seconds without a request say nothing. A few throttled requests are no reason: Sync refuses one of ten when the instances together
// exceed its limit by that much, and such a request is only late.
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
    private long? _cut;

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
        var now = clock.GetTimestamp();
        if (_throttled > _answers * ThrottledShare)
        {
            _limit = Math.Max(Math.Max(1, most * LeastShare), _limit * Cut);
            _cut = now;
        }
        else if (_cut is not { } cut || clock.GetElapsedTime(cut, now) >= SyncBudget.Window)
        {
            _limit = Math.Min(most, _limit + (most * RisePerSecond * elapsed.TotalSeconds));
        }
        (_since, _answers, _throttled) = (now, 0, 0);
    }
}
