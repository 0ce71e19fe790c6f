using System.Diagnostics;

namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Measures open pages: their memory, a digit on all of them, and all of them that reconnect at once.</summary>
internal static class CircuitPart
{
    private const int Payments = 20;
    private const int Digits = 60;
    private const int AtOnce = 16;
    private const int First = 50;
    private const int AimedAt = 2_000;

    // 2,000 would take longer to open and to reconnect, on the one core that the server has, than all other parts together.
    private static readonly int[] Counts = [200, 500, 1_000];

    public static async Task RunAsync(Aims aims)
    {
        await using var console = await ConsoleServer.StartAsync();
        var callers = new List<TypingCaller>();
        while (callers.Count < Payments) callers.Add(await console.StartPaymentAsync());
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromMinutes(2) };
        var circuits = new List<Circuit>();
        // The first pages load the code, and their heap is not that of a circuit.
        await OpenAsync(console, http, callers, circuits, First);
        var table = new Table(
            "circuits", "heap KiB each", "resident MiB in all", "opened/s", "bytes of a render batch", "all reconnected after s",
            "resumed");
        var (before, residentBefore) = (await console.Server.UsageAsync(collects: true), console.Server.Memory / 1048576d);
        var (heap, resident) = (0d, 0d);
        foreach (var count in Counts)
        {
            var (started, opened) = (Stopwatch.GetTimestamp(), circuits.Count);
            await OpenAsync(console, http, callers, circuits, count);
            var opening = (count - opened) / Stopwatch.GetElapsedTime(started).TotalSeconds;
            heap = ((await console.Server.UsageAsync(collects: true)).Heap - before.Heap) / 1024d / (count - First);
            resident = console.Server.Memory / 1048576d;
            var bytes = await TypeAsync(console, callers, circuits);
            var (time, resumed) = await ReconnectAsync(http, circuits);
            table.Add(count, heap, resident, opening, bytes, time, resumed);
        }
        foreach (var circuit in circuits) await circuit.DisposeAsync();
        aims.AtMost($"heap of a circuit, KiB, with {Counts[^1]:N0}", 1_024, heap);
        var each = (resident - residentBefore) / (Counts[^1] - First);
        var all = residentBefore + ((AimedAt - First) * each);
        aims.AtMost($"resident MiB of {AimedAt:N0} circuits, extrapolated from {Counts[^1]:N0}", 8_192, all);
    }

    private static async Task OpenAsync(ConsoleServer console, HttpClient http, List<TypingCaller> callers, List<Circuit> circuits, int count)
    {
        var missing = Enumerable.Range(circuits.Count, count - circuits.Count);
        var opened = new Circuit[count];
        await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
            opened[number] = await Circuit.OpenAsync(http, console.PageOf(callers[number % Payments]), console.Cookies));
        circuits.AddRange(opened[circuits.Count..]);
    }

    /// <summary>Each caller presses keys in turn, ten a second in all. Returns the mean size of the messages to the pages.</summary>
    private static async Task<double> TypeAsync(ConsoleServer console, List<TypingCaller> callers, List<Circuit> circuits)
    {
        var (batches, bytes) = (circuits.Sum(c => c.Batches), circuits.Sum(c => c.Bytes));
        for (var digit = 0; digit < Digits; digit++)
        {
            var next = Task.Delay(TimeSpan.FromMilliseconds(100));
            await HttpLoad.SendAsync(console.Server.Url, callers[digit % Payments].NextDigit(console.Server.Url));
            await next;
        }
        return (circuits.Sum(c => c.Bytes) - bytes) / (double)Math.Max(1, circuits.Sum(c => c.Batches) - batches);
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
