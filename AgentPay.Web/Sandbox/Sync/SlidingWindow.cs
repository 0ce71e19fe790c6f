namespace AgentPay.Web.Sandbox.Sync;

// A rate limit averaged over ten seconds, as Sync publishes them: any ten seconds allow at most ten times the rate per second.
// Keeps one entry per use in the window.
public sealed class SlidingWindow(TimeProvider clock, int perSecond)
{
    private const int Seconds = 10;

    private readonly Lock _lock = new();
    private readonly Queue<Usage> _uses = new();
    private int _used;

    // Uses the given weight. Returns false, and uses nothing, if the limit would be exceeded.
    public bool TryUse(int weight = 1)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            RemoveOld(now - Seconds * clock.TimestampFrequency);
            if (_used + weight > Seconds * perSecond) return false;
            _uses.Enqueue(new(now, weight));
            _used += weight;
            return true;
        }
    }

    private void RemoveOld(long until)
    {
        while (_uses.TryPeek(out var oldest) && oldest.At <= until)
        {
            _uses.Dequeue();
            _used -= oldest.Weight;
        }
    }

    private readonly record struct Usage(long At, int Weight);
}
