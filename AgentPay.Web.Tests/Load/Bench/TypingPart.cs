using System.Diagnostics;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Measures callers who type at the same time, each with a screen, on a sandbox that enforces Twilio's limits.</summary>
internal static class TypingPart
{
    private const int MostCallers = 300;

    // Sync takes 20 writes a second to the map of calls, and a new call costs three.
    private static readonly TimeSpan BetweenCalls = TimeSpan.FromMilliseconds(180);
    private static readonly TimeSpan BetweenKeys = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Aims aims)
    {
        var table = new Table("callers", "keys/s", "keys", "not shown", "p50 ms", "p99 ms", "the longest ms", "CPU of the core", "throttled");
        await using var world = await LoadWorld.StartAsync(seed: 1, instances: 1, core: 0);
        // The first callers compile the code.
        foreach (var (count, isWarmUp) in new[] { (10, true), (100, false), (MostCallers, false) })
        {
            var callers = new List<WatchedCaller>();
            while (callers.Count < count)
            {
                var next = Task.Delay(BetweenCalls);
                callers.Add(await WatchedCaller.StartAsync(world));
                await next;
            }
            var (before, started) = (await UsageAsync(world), Stopwatch.GetTimestamp());
            // Callers do not press their keys in step.
            await Task.WhenAll(callers.Select(async (caller, number) =>
            {
                await Task.Delay(BetweenKeys * number / count);
                await caller.TypeAsync(BetweenKeys);
            }));
            var (after, time) = (await UsageAsync(world), Stopwatch.GetElapsedTime(started));
            await Task.Delay(LongestWait);
            foreach (var caller in callers) await caller.DisposeAsync();
            if (isWarmUp) continue;
            var (keys, latencies) = (count * WatchedCaller.Keys, new Sample(callers.SelectMany(caller => caller.Latencies)));
            table.Add(
                count, keys / time.TotalSeconds, keys, keys - latencies.Count,
                latencies.Median, latencies.Percentile(99), latencies.Percentile(100),
                (after.Used - before.Used).Processor / time, after.Throttled - before.Throttled);
            if (count < MostCallers) continue;
            aims.AtMost($"{MostCallers} callers who type: keys not shown", 0, keys - latencies.Count);
            aims.AtMost($"{MostCallers} callers who type: the longest time to show a key, ms", 1_000, latencies.Percentile(100));
        }
    }

    private static async Task<(ServerUsage Used, int Throttled)> UsageAsync(LoadWorld world) =>
        (await world.ReadAsync<ServerUsage>(world.Instances[0], "usage"), (await world.Control.StatsAsync("sync")).GetProperty("throttled").GetInt32());
}
