namespace AgentPay.Web.Sandbox.Voice;

/// <summary>The legs that a call is dialling or is connected with: they end with it, unless they are sent their own way first.</summary>
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

    /// <summary>Sends a leg its own way: its caller goes on as if it had hung up.</summary>
    public void Release(Leg leg)
    {
        CancellationTokenSource? released;
        lock (_lock) released = _legs.GetValueOrDefault(leg);
        released?.Cancel();
    }

    /// <summary>Cancelled when the leg is sent its own way.</summary>
    public CancellationToken Released(Leg leg)
    {
        lock (_lock) return _legs[leg].Token;
    }

    public async Task HangUpAsync()
    {
        Leg[] bound;
        lock (_lock) bound = [.. _legs.Where(l => !l.Value.IsCancellationRequested).Select(l => l.Key)];
        foreach (var leg in bound) await leg.HangUpAsync(LegStatus.Canceled);
    }
}
