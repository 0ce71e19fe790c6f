using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Sync;

/// <summary>How much of the writes that Sync accepts for one object is used.</summary>
/// <param name="Limit">Writes that this instance may send in <see cref="SyncBudget.Window"/>.</param>
/// <param name="Used">Writes that were sent in that time, or are being sent.</param>
/// <param name="Waiting">Writes that wait until they may be sent.</param>
public readonly record struct SyncBudgetState(int Limit, int Used, int Waiting);

/// <summary>
/// Keeps this instance within the rate at which Sync accepts writes of one object, such as a map with all its items. While the budget of
/// an object is used up, its writes wait: results of payments are sent first, then running payments, then new ones.
/// </summary>
public sealed class SyncBudget
{
    /// <summary>Sync limits the writes in this time. Within it, they may come all at once.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, ObjectBudget> _objects = new();
    private readonly int _limit;
    private readonly TimeProvider _clock;

    public SyncBudget(IOptions<SyncOptions> options, SyncMetrics metrics, TimeProvider clock)
    {
        _limit = options.Value.WritesPerSecond * (int)Window.TotalSeconds;
        _clock = clock;
        metrics.ObserveBudgets(() => _objects.Select(pair => (pair.Key, pair.Value.State)));
    }

    /// <param name="name">The unique name of the object.</param>
    public SyncBudgetState StateOf(string name) => Of(name).State;

    /// <summary>Waits until a write of the object may be sent. Dispose the result when Sync has answered.</summary>
    internal Task<SyncBudgetUse> EnterAsync(string name, SyncUrgency urgency, CancellationToken cancellation) =>
        Of(name).EnterAsync(urgency, cancellation);

    // There is one entry for each map, so a day adds one for its history.
    private ObjectBudget Of(string name) => _objects.GetOrAdd(name, static (_, budget) => new(budget._limit, budget._clock), this);
}
