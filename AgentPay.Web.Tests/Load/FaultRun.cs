using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace AgentPay.Web.Tests.Load;

/// <summary>The settings of a run.</summary>
/// <param name="AtOnce">How many payments are under way at any time.</param>
/// <param name="Gap">Between the starts of two of them, at the least.</param>
/// <param name="Rounds">Between two rounds everything settles, and memory is measured; compared where there are several.</param>
/// <param name="GiveUp">When agents and front ends that get nowhere cancel and leave.</param>
/// <param name="Rest">How long is waited, after a round, for connections that nobody uses to be closed; zero not to look at them.</param>
internal sealed record FaultPlan(int Payments, int Seed, int AtOnce, int Rounds, TimeSpan Gap, TimeSpan KillEvery, TimeSpan GiveUp, TimeSpan Rest);

/// <summary>
/// Many payments on two AgentPay processes, while everything between them and Twilio fails, and one of them is killed every few seconds. At the
/// end, everything that was charged is compared with what AgentPay says.
/// </summary>
internal sealed class FaultRun(FaultPlan plan, Action<string> print)
{
    /// <summary>Probabilities from 0 to 1, and milliseconds.</summary>
    public static readonly object Faults = new
    {
        syncError = 0.03,
        syncThrottle = 0.03,
        syncDelayMs = 15,
        apiError = 0.06,
        apiTimeout = 0.01,
        apiDelayMs = 40,
        callbackDuplicate = 0.1,
        callbackReorder = 0.1,
        callbackDelayMs = 30,
        callbackLoss = 0.01,
    };

    /// <summary>More than an instance waits before it looks after what is another's.</summary>
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(65);

    /// <summary>Longer than Sync keeps what has ended.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(70);

    private const int MostSweeps = 12;

    private readonly List<string> _problems = [];
    private readonly ConcurrentBag<TimeSpan> _took = [];

    /// <summary>What was found not to be so; empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        await using var world = await LoadWorld.StartAsync(plan.Seed);
        var began = Stopwatch.StartNew();
        var measures = new List<Measure>();
        var tally = new Tally();
        for (var round = 1; round <= plan.Rounds; round++)
        {
            // Whose memory is compared must live on.
            var isCompared = round > 1 && round == plan.Rounds;
            var orders = Orders(round);
            await DriveAsync(world, mayKill: isCompared ? [1] : [0, 1], orders);
            print(FormattableString.Invariant($"{began.Elapsed:hh\\:mm\\:ss} round {round}: {orders.Count} orders driven, {world.Kills} kills"));
            var found = await SettleAsync(world, orders.Select(o => o.Reference).ToHashSet());
            foreach (var problem in found.Problems.Take(50)) print("! " + problem);
            _problems.AddRange(found.Problems);
            tally.Add(found);
            print(FormattableString.Invariant($"{began.Elapsed:hh\\:mm\\:ss} round {round} settled: {found.Problems.Count} problems"));
            if (plan.Rounds == 1) break;
            await world.PutForwardAsync(Forgotten);
            measures.Add(await MeasureAsync(world));
        }
        if (tally.Charges == 0 || world.Kills == 0) _problems.Add("Nothing was charged, or no process was killed: this run says nothing");
        _problems.AddRange(Measure.Leaks(measures, plan.Rest > TimeSpan.Zero));
        print(await TableAsync(world, tally, measures, began.Elapsed));
        foreach (var problem in _problems) print("! " + problem);
        return _problems;
    }

    private List<LoadOrder> Orders(int round)
    {
        var (from, to) = (plan.Payments * (round - 1) / plan.Rounds, plan.Payments * round / plan.Rounds);
        return [.. Enumerable.Range(from, to - from).Select(number => new LoadOrder(plan.Seed, number))];
    }

    private async Task DriveAsync(LoadWorld world, int[] mayKill, IReadOnlyList<LoadOrder> orders)
    {
        await world.Control.SetFaultsAsync(Faults);
        using var driven = new CancellationTokenSource();
        var killing = KillAsync(world, mayKill, driven.Token);
        await Parallel.ForEachAsync(ArriveAsync(orders), new ParallelOptions { MaxDegreeOfParallelism = plan.AtOnce }, async (order, _) =>
        {
            var began = Stopwatch.StartNew();
            await TakeAsync(world, order);
            _took.Add(began.Elapsed);
            if (_took.Count % 100 == 0) print($"{DateTime.UtcNow:HH:mm:ss} {_took.Count} orders");
        });
        await driven.CancelAsync();
        await killing;
        await world.Control.SetFaultsAsync(new { });
    }

    private async IAsyncEnumerable<LoadOrder> ArriveAsync(IReadOnlyList<LoadOrder> orders)
    {
        foreach (var order in orders)
        {
            yield return order;
            await Task.Delay(plan.Gap);
        }
    }

    private async Task TakeAsync(LoadWorld world, LoadOrder order)
    {
        using var giveUp = new CancellationTokenSource(plan.GiveUp);
        try
        {
            if (order.Driver == Web.Payments.PaymentDriver.Server) await new ConsoleAgent(world, order).TakePaymentAsync(giveUp.Token);
            else await new FrontEnd(world, order, await TokenAsync(world, order.Agent)).TakePaymentAsync(giveUp.Token);
        }
        catch (Exception fault)
        {
            lock (_problems) _problems.Add($"{order.Reference}: its driver failed: {fault}");
        }
    }

    /// <summary>Of whichever process lives just now.</summary>
    internal static async Task<string> TokenAsync(LoadWorld world, string agent)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await world.Http.GetStringAsync($"{world.Instances[tries % world.Instances.Count].Url}/load/token?agent={agent}");
            }
            catch (HttpRequestException) when (tries < 20)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    private async Task KillAsync(LoadWorld world, int[] mayKill, CancellationToken driven)
    {
        var random = new Random(plan.Seed);
        while (!driven.IsCancellationRequested)
        {
            await Task.Delay(plan.KillEvery * (0.5 + random.NextDouble()), driven).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!driven.IsCancellationRequested) await world.KillAsync(mayKill[random.Next(mayKill.Length)]);
        }
    }

    /// <summary>Lets time pass until nothing is left to be said, or nothing changes any more.</summary>
    internal static async Task<Findings> SettleAsync(LoadWorld world, HashSet<string> orders)
    {
        for (var sweeps = 1; ; sweeps++)
        {
            await world.PutForwardAsync(Sweep);
            // Each instance attends to its payments once a second, and has all that is overdue to do in it.
            await Task.Delay(TimeSpan.FromSeconds(3));
            var findings = await Findings.ReadAsync(world, orders);
            if (findings.Problems.Count == 0 || sweeps == MostSweeps) return findings;
        }
    }

    private async Task<Measure> MeasureAsync(LoadWorld world)
    {
        // A look at the payments, now that they are long over, lets go of them.
        await Task.Delay(plan.Rest > TimeSpan.Zero ? plan.Rest : TimeSpan.FromSeconds(3));
        var survivor = world.Instances[0];
        var state = await world.ReadAsync<InstanceState>(survivor, "state");
        return new(state.Heap, survivor.Memory, survivor.Descriptors());
    }

    private async Task<string> TableAsync(LoadWorld world, Tally tally, IReadOnlyList<Measure> measures, TimeSpan took)
    {
        var (sync, callbacks, gateway) = (await world.Control.StatsAsync("sync"), await world.Control.StatsAsync("callbacks"), await world.Control.StatsAsync("gateway"));
        return string.Create(CultureInfo.InvariantCulture, $"""

        | what | |
        |---|---|
        | seed | {plan.Seed} |
        | orders, at once, ms between two | {plan.Payments}, {plan.AtOnce}, {plan.Gap.TotalMilliseconds} |
        | took | {took:hh\:mm\:ss} |
        | processes killed | {world.Kills} |
        | payments | {tally.Payments} |
        {tally}
        | seconds from call to hang-up: median, 95th percentile | {Took(0.5):0.0}, {Took(0.95):0.0} |
        | Sync: reads, writes, refused with 429 | {sync.GetProperty("reads")}, {sync.GetProperty("writes")}, {sync.GetProperty("throttled")} |
        | callbacks: sent, sent again, lost or given up | {callbacks.GetProperty("sent")}, {callbacks.GetProperty("retried")}, {callbacks.GetProperty("failed")} |
        | repeated requests to the gateway | {gateway.GetProperty("duplicates")} |
        | heap, resident memory, sockets + other descriptors of the survivor after each round | {string.Join("; ", measures)} |
        | problems | {_problems.Count} |
        """);
    }

    private double Took(double share) => _took.Order().ElementAt((int)((_took.Count - 1) * share)).TotalSeconds;
}
