using System.Collections.Concurrent;
using System.Diagnostics;
using AgentPay.Web.Payments;
using AgentPay.Web.Tests.Payments;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>
/// Measures how many payments a second one Sync service carries. Callers arrive at a fixed rate, pay without a pause and hang up. The
/// sandbox enforces Twilio's limits.
/// </summary>
internal static class PaymentsPart
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(Aims aims)
    {
        var table = new Table(
            "calls/s", "calls", "paid", "paid/s", "p50 s", "p95 s", "records written after s", "CPU of the core", "throttled");
        await using var world = await LoadWorld.StartAsync(seed: 1, instances: 1, core: 0);
        var orders = Orders().GetEnumerator();
        // The first payments compile the code.
        await MeasureAsync(null, world, orders, rate: 2, TimeSpan.FromSeconds(5));
        var most = 0d;
        foreach (var rate in new[] { 3, 6 }) most = Math.Max(most, await MeasureAsync(table, world, orders, rate, Time));
        aims.AtLeast("payments a second, one Sync service", 6, most);
    }

    /// <returns>Payments a second in the second half of the time, when as many end as start.</returns>
    private static async Task<double> MeasureAsync(Table? table, LoadWorld world, IEnumerator<LoadOrder> orders, int rate, TimeSpan time)
    {
        var ended = new ConcurrentBag<(TimeSpan At, TimeSpan Took)>();
        var (before, paidBefore, throttled, started) =
            (await UsageAsync(world), Paid(world), await ThrottledAsync(world), Stopwatch.GetTimestamp());
        var under = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1d / rate));
        while (Stopwatch.GetElapsedTime(started) < time && await timer.WaitForNextTickAsync())
        {
            orders.MoveNext();
            under.Add(TakeAsync(orders.Current));
        }
        var used = await UsageAsync(world) - before;
        await Task.WhenAll(under);
        var paid = Paid(world) - paidBefore;
        var settling = Stopwatch.GetTimestamp();
        while ((await world.ReadAsync<InstanceState>(world.Instances[0], "state")).Owed > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        var settled = Stopwatch.GetElapsedTime(settling).TotalSeconds;
        var perSecond = ended.Count(one => one.At > time / 2 && one.At <= time) / (time.TotalSeconds / 2);
        var took = new Sample(ended.Select(one => one.Took.TotalSeconds));
        table?.Add(
            rate, under.Count, paid, perSecond, took.Median, took.Percentile(95), settled, used.Processor / time,
            await ThrottledAsync(world) - throttled);
        return perSecond;

        async Task TakeAsync(LoadOrder order)
        {
            var began = Stopwatch.GetElapsedTime(started);
            using var giveUp = new CancellationTokenSource(GiveUp);
            await new ConsoleAgent(world, order).TakePaymentAsync(giveUp.Token);
            var end = Stopwatch.GetElapsedTime(started);
            if (!giveUp.IsCancellationRequested) ended.Add((end, end - began));
        }
    }

    private static IEnumerable<LoadOrder> Orders() => Enumerable.Range(0, int.MaxValue).Select(number => new LoadOrder(1, number))
        .Where(order => order is { Driver: PaymentDriver.Server, Behaviour: Behaviour.None, Amount: > 0, Card: PaymentsLab.GoodCard });

    private static int Paid(LoadWorld world) => world.Shown.Values.Count(phase => phase == PaymentPhase.Succeeded);

    private static Task<ServerUsage> UsageAsync(LoadWorld world) => world.ReadAsync<ServerUsage>(world.Instances[0], "usage");

    private static async Task<int> ThrottledAsync(LoadWorld world) =>
        (await world.Control.StatsAsync("sync")).GetProperty("throttled").GetInt32();
}
