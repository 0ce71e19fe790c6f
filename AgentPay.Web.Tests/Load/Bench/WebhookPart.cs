namespace AgentPay.Web.Tests.Load.Bench;

/// <summary>Measures the two busiest webhooks: callbacks of payments and inbound calls.</summary>
internal static class WebhookPart
{
    private static readonly int[] Delays = [1, 50, 150];
    private static readonly int[] Clients = [1, 8, Connections];

    private const string Callback = "paySyncUpdate";
    private const string Inbound = "inboundHandler";
    private const int Connections = 32;
    private const int Runs = 3;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(Aims aims)
    {
        var table = new Table(
            "webhook", "live", "Sync ms", "connections", "requests/s", "p50 ms", "p99 ms", "CPU µs", "KiB allocated", "Sync requests",
            "refused");
        var rows = new List<Row>();
        foreach (var live in new[] { Connections, 1_000, 10_000 })
        {
            await using var server = await MeasuredServer.StartAsync();
            var callers = await AddCallersAsync(server, live);
            server.Twilio.Delay = TimeSpan.FromMilliseconds(1);
            // The runtime compiles the code of busy methods again, which takes some seconds on one core.
            await HttpLoad.RunAsync(server.Url, Connections, WarmUp, Callbacks(server, callers, Connections));
            await HttpLoad.RunAsync(server.Url, Connections, WarmUp, _ => TwilioRequests.InboundCall(server.Url));
            foreach (var (delay, connections) in live == Connections ? All : [(1, Connections)])
            {
                server.Twilio.Delay = TimeSpan.FromMilliseconds(delay);
                rows.Add(await MeasureAsync(table, server, new(Callback, live, delay, connections),
                    Callbacks(server, callers, connections)));
                rows.Add(await MeasureAsync(table, server, new(Inbound, live, delay, connections), _ =>
                    TwilioRequests.InboundCall(server.Url)));
            }
        }
        AddAims(aims, rows);
    }

    private static void AddAims(Aims aims, List<Row> rows)
    {
        Row Usual(string webhook) => rows.Single(row => row.Cell == new Cell(webhook, Connections, 1, Connections));
        double Worst(int connections) =>
            rows.Where(row => row.Cell.Webhook == Inbound && row.Cell.Connections == connections).Max(row => row.P99);
        double Processor(int live) => rows.Single(row => row.Cell == new Cell(Callback, live, 1, Connections)).Processor;
        aims.AtLeast("callbacks a second on one core", 5_000, Usual(Callback).PerSecond);
        aims.AtLeast("inbound webhooks a second on one core", 5_000, Usual(Inbound).PerSecond);
        aims.AtMost("inbound p99 ms, 1 connection, the slowest Sync", 10, Worst(1));
        aims.AtMost("inbound p99 ms, 32 connections, the slowest Sync or most live calls", 10, Worst(Connections));
        aims.AtMost("CPU of a callback with 10,000 payments, times that with 1,000", 1.2, Processor(10_000) / Processor(1_000));
    }

    private static IEnumerable<(int Delay, int Connections)> All =>
        from delay in Delays from connections in Clients select (delay, connections);

    private static async Task<Row> MeasureAsync(Table table, MeasuredServer server, Cell cell, Func<int, byte[]?> next)
    {
        var runs = new List<(LoadResult Load, ServerUsage Used, int Sync)>();
        for (var run = 0; run < Runs; run++)
        {
            var (before, sync) = (await server.UsageAsync(collects: true), SyncRequests(server));
            var load = await HttpLoad.RunAsync(server.Url, cell.Connections, Time, next);
            runs.Add((load, await server.UsageAsync() - before, SyncRequests(server) - sync));
        }
        double Median(Func<(LoadResult Load, ServerUsage Used, int Sync), double> value) => new Sample(runs.Select(value)).Median;
        var row = new Row(
            cell,
            Median(run => run.Load.PerSecond),
            Median(run => run.Load.Latencies.Percentile(99)),
            Median(run => run.Used.Processor.TotalMicroseconds / run.Load.Latencies.Count));
        table.Add(
            cell.Webhook, cell.Live, cell.Delay, cell.Connections, row.PerSecond,
            Median(run => run.Load.Latencies.Median), row.P99, row.Processor,
            Median(run => run.Used.Allocated / 1024d / run.Load.Latencies.Count),
            Median(run => run.Sync / (double)run.Load.Latencies.Count),
            runs.Sum(run => run.Load.Refused));
        return row;
    }

    /// <summary>Starts as many payments and calls, and sends one callback of each payment, so that the server has it in memory.</summary>
    private static async Task<List<TypingCaller>> AddCallersAsync(MeasuredServer server, int live)
    {
        var callers = Enumerable.Range(0, live).Select(_ => new TypingCaller()).ToList();
        foreach (var caller in callers) caller.AddTo(server.Twilio);
        var (calls, callbacks) = (0, new int[Connections]);
        await HttpLoad.RunAsync(server.Url, Connections, TimeSpan.MaxValue, _ =>
            Interlocked.Increment(ref calls) <= live ? TwilioRequests.InboundCall(server.Url) : null);
        await HttpLoad.RunAsync(server.Url, Connections, TimeSpan.MaxValue, number =>
            callbacks[number]++ is var turn && Caller(turn, number, Connections) is var at && at < live
                ? callers[at].NextCallback(server.Url)
                : null);
        return callers;
    }

    /// <summary>Each connection sends the callbacks of payments of its own, as those of one payment come one after the other.</summary>
    private static Func<int, byte[]?> Callbacks(MeasuredServer server, List<TypingCaller> callers, int connections)
    {
        var turns = new int[connections];
        return number =>
        {
            var own = (callers.Count - number + connections - 1) / connections;
            return callers[Caller(turns[number]++ % own, number, connections)].NextCallback(server.Url);
        };
    }

    private static int Caller(int turn, int number, int connections) => (turn * connections) + number;

    private static int SyncRequests(MeasuredServer server) =>
        server.Twilio.Counts().Where(count => !count.Key.EndsWith("api", StringComparison.Ordinal)).Sum(count => count.Value);

    /// <param name="Live">Live payments and calls.</param>
    /// <param name="Delay">Milliseconds after which Sync answers.</param>
    private sealed record Cell(string Webhook, int Live, int Delay, int Connections);

    /// <param name="Processor">Microseconds of a webhook.</param>
    private sealed record Row(Cell Cell, double PerSecond, double P99, double Processor);
}
