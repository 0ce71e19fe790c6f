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

    /// <summary>Sends writes until the next one has to wait. Only results of payments are then still sent at once.</summary>
    public static async Task FillAsync(this SyncBudget budget, string name)
    {
        using var full = new CancellationTokenSource();
        while (budget.EnterAsync(name, SyncUrgency.Normal, full.Token) is { IsCompleted: true } entered) (await entered).Dispose();
        await full.CancelAsync();
    }
}
