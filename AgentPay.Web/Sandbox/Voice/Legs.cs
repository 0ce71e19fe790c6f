using System.Collections.Concurrent;
using AgentPay.Web.Sandbox.Control;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>All legs by their SID.</summary>
public sealed class Legs : IResettable
{
    private readonly ConcurrentDictionary<string, Leg> _bySid = new(StringComparer.Ordinal);

    public Leg Add(Leg leg) => _bySid[leg.Sid] = leg;

    public Leg? Find(string sid) => _bySid.GetValueOrDefault(sid);

    public IReadOnlyCollection<Leg> All => [.. _bySid.Values];

    public void Reset() => _bySid.Clear();
}
