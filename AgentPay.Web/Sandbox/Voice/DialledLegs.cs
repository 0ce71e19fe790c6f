namespace AgentPay.Web.Sandbox.Voice;

// The legs that a call rings or is connected with. They end with the call unless they are released first.
internal sealed class DialledLegs
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Leg, CancellationTokenSource> _legs = [];

    public void Add(Leg leg)
    {
        lock (_lock) _legs[leg] = new();
    }

    public void Remove(IEnumerable<Leg> legs)
    {
        lock (_lock)
        {
            foreach (var leg in legs) _legs.Remove(leg);
        }
    }

    public bool Contains(Leg leg)
    {
        lock (_lock) return _legs.ContainsKey(leg);
    }

    // Detaches a leg. The caller's TwiML continues as if the leg had hung up.
    public void Release(Leg leg)
    {
        CancellationTokenSource? released;
        lock (_lock) released = _legs.GetValueOrDefault(leg);
        released?.Cancel();
    }

    // Cancelled when the leg is released.
    public CancellationToken Released(Leg leg)
    {
        lock (_lock) return _legs[leg].Token;
    }

    public async Task HangUpAsync()
    {
        Leg[] attached;
        lock (_lock) attached = [.. _legs.Where(l => !l.Value.IsCancellationRequested).Select(l => l.Key)];
        foreach (var leg in attached) await leg.HangUpAsync(LegStatus.Canceled);
    }
}
