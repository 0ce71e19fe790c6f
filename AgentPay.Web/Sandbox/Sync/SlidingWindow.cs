namespace AgentPay.Web.Sandbox.Sync;

/// <summary>
/// One of Sync's published rates, averaged over ten seconds: in no ten seconds does more than ten times the rate pass.
/// Exact to the tick of the clock; keeps one entry per use in the window, so at most ten times the rate of them.
/// </summary>
public sealed class SlidingWindow(TimeProvider clock, int perSecond)
{
    private const int Seconds = 10;

    private readonly Lock _lock = new();
    private readonly Queue<Use> _uses = new();
    private int _spent;

    /// <summary>Uses up <paramref name="weight"/> of the rate; false, and nothing used, when that much is not left.</summary>
    public bool TrySpend(int weight = 1)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            Forget(now - Seconds * clock.TimestampFrequency);
            if (_spent + weight > Seconds * perSecond) return false;
            _uses.Enqueue(new(now, weight));
            _spent += weight;
            return true;
        }
    }

    private void Forget(long until)
    {
        while (_uses.TryPeek(out var oldest) && oldest.At <= until)
        {
            _uses.Dequeue();
            _spent -= oldest.Weight;
        }
    }

    private readonly record struct Use(long At, int Weight);
}
