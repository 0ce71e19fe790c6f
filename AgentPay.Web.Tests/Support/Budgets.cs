using System.Diagnostics.Metrics;
using AgentPay.Web.Sync;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AgentPay.Web.Tests.Support;

/// <summary>Budgets of Sync's objects.</summary>
internal static class Budgets
{
    public static IMeterFactory Meters() =>
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    public static SyncBudget New(TimeProvider clock, int perSecond = 20) =>
        new(Options.Create(new SyncOptions { WritesPerSecond = perSecond }), new SyncMetrics(Meters()), clock);

    /// <summary>Sends writes until the next one would wait. Only results of payments still find a place.</summary>
    public static async Task FillAsync(this SyncBudget budget, string name)
    {
        while (budget.StateOf(name) is var state && state.Used < state.Limit * 0.9)
            (await budget.EnterAsync(name, SyncUrgency.Normal, default)).Dispose();
    }
}
