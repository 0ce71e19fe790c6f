using System.Diagnostics;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Measures open pages: their memory, a digit on all of them, and all of them that reconnect at once.</summary>
internal static class CircuitPart
{
    private const int Payments = 20;
    private const int Digits = 100;
    private const int AtOnce = 16;

    public static async Task RunAsync()
    {
        await using var console = await ConsoleServer.StartAsync();
        var callers = new List<TypingCaller>();
        while (callers.Count < Payments) callers.Add(await console.StartPaymentAsync());
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromMinutes(2) };
        var circuits = new List<Circuit>();
        // The first pages load the code, and their heap is not that of a circuit.
        await OpenAsync(console, http, callers, circuits, 50);
        var table = new Table(
            "circuits", "heap KiB each", "resident MiB in all", "opened/s", "digit: CPU µs for a page", "digit: KiB allocated for a page",
            "digit: bytes sent to a page", "all reconnected after s", "resumed");
        var before = await console.Server.UsageAsync(collects: true);
        var (first, opening) = (circuits.Count, 0d);
        foreach (var count in new[] { 200, 1_000, 2_000 })
        {
            var (started, opened) = (Stopwatch.GetTimestamp(), circuits.Count);
            await OpenAsync(console, http, callers, circuits, count);
            opening = (count - opened) / Stopwatch.GetElapsedTime(started).TotalSeconds;
            var full = await console.Server.UsageAsync(collects: true);
            var heap = (full.Heap - before.Heap) / 1024d / (circuits.Count - first);
            var resident = console.Server.Memory / 1048576d;
            var (cpu, allocated, bytes) = await TypeAsync(console, callers, circuits);
            var (time, resumed) = await ReconnectAsync(http, circuits);
            table.Add(count, heap, resident, opening, cpu, allocated, bytes, time, resumed);
        }
        foreach (var circuit in circuits) await circuit.DisposeAsync();
    }

    private static async Task OpenAsync(ConsoleServer console, HttpClient http, List<TypingCaller> callers, List<Circuit> circuits, int count)
    {
        var missing = Enumerable.Range(circuits.Count, count - circuits.Count);
        var opened = new Circuit[count];
        await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
            opened[number] = await Circuit.OpenAsync(http, console.PageOf(callers[number % Payments]), console.Cookies));
        circuits.AddRange(opened[circuits.Count..]);
    }

    /// <summary>Each caller presses keys in turn, ten a second in all.</summary>
    private static async Task<(double Cpu, double Allocated, double Bytes)> TypeAsync(
        ConsoleServer console, List<TypingCaller> callers, List<Circuit> circuits)
    {
        var (before, batches, bytes) = (await console.Server.UsageAsync(), circuits.Sum(c => c.Batches), circuits.Sum(c => c.Bytes));
        for (var digit = 0; digit < Digits; digit++)
        {
            await HttpLoad.SendAsync(console.Server.Url, callers[digit % Payments].NextCallback(console.Server.Url));
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
        var used = await console.Server.UsageAsync() - before;
        var pages = (double)Digits * circuits.Count / Payments;
        return (used.Processor.TotalMicroseconds / pages, used.Allocated / 1024d / pages,
            (circuits.Sum(c => c.Bytes) - bytes) / (double)Math.Max(1, circuits.Sum(c => c.Batches) - batches));
    }

    private static async Task<(double Seconds, int Resumed)> ReconnectAsync(HttpClient http, List<Circuit> circuits)
    {
        foreach (var circuit in circuits) await circuit.DisconnectAsync();
        var (started, resumed) = (Stopwatch.GetTimestamp(), 0);
        await Parallel.ForEachAsync(circuits, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (circuit, _) =>
        {
            if (await circuit.ReconnectAsync(http)) Interlocked.Increment(ref resumed);
        });
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, resumed);
    }
}
