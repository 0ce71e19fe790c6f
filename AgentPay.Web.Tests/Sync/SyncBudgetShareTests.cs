using AgentPay.Web.Sandbox.Sync;
using AgentPay.Web.Sync;
using AgentPay.Web.Tests.Support;

namespace AgentPay.Web.Tests.Sync;

/// <summary>Several instances that write to one map of Sync, and know of each other only by Sync's refusals.</summary>
public sealed class SyncBudgetShareTests
{
    private const string Map = "payMap";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly ManualClock _clock = new();
    private readonly SlidingWindow _sync;

    public SyncBudgetShareTests() => _sync = new(_clock, perSecond: 20);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Instances_ThatAllHaveMoreToWrite_UseWhatSyncAcceptsAndShareIt(int count)
    {
        var instances = Enumerable.Range(0, count).Select(_ => new Instance(Budgets.New(_clock), _sync)).ToList();
        Run(instances, TimeSpan.FromMinutes(1));
        instances.ForEach(instance => instance.Reset());

        Run(instances, TimeSpan.FromMinutes(5));

        // Sync accepts 6,000 in five minutes, and a tenth of each budget is kept for results.
        var accepted = instances.Sum(instance => instance.Accepted);
        accepted.ShouldBeGreaterThanOrEqualTo(5400);
        instances.ShouldAllBe(instance => instance.Accepted > 0.5 * accepted / count);
        instances.Sum(instance => instance.Throttled).ShouldBeLessThan(accepted / 5);
    }

    private void Run(List<Instance> instances, TimeSpan time)
    {
        for (var turn = 0; turn < time / Step; turn++)
        {
            // Whoever comes first in a step would get more.
            for (var place = 0; place < instances.Count; place++) instances[(turn + place) % instances.Count].Write();
            _clock.Advance(Step);
        }
    }

    /// <summary>Always has three writes more than the budget lets it send.</summary>
    private sealed class Instance(SyncBudget budget, SlidingWindow sync)
    {
        private readonly List<Task<SyncBudgetUse>> _entering = [];

        public int Accepted { get; private set; }

        public int Throttled { get; private set; }

        public void Reset() => (Accepted, Throttled) = (0, 0);

        public void Write()
        {
            while (_entering.Count < 3) _entering.Add(budget.EnterAsync(Map, SyncUrgency.Normal, default));
            foreach (var entered in _entering.Where(entering => entering.Wait(0)).ToList())
            {
                using var use = entered.Result;
                _entering.Remove(entered);
                if (sync.TryUse()) Accepted++;
                else
                {
                    Throttled++;
                    use.Throttled();
                }
            }
        }
    }
}
